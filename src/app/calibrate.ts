/** How many neurons this machine moves at a lively rate, found by trying. */
import type { Engine, EngineName, Problem } from '../engines/engine.ts';
import type { Choice } from '../engines/select.ts';

/** A step may take this long in milliseconds: some twenty steps a second are a moving picture. */
const STEP_BUDGET = 45;
const MOST = 2 ** 20;
const LEAST: Record<EngineName, number> = { webgpu: 2 ** 10, cpu: 20480 };
const FIRST_TRY = 2 ** 12;
const ROUNDS = 3;
const MEASURE = 40;

export interface Speed {
  readonly engine: EngineName;
  /** Milliseconds per pair (particle, sample) and step, where the system is large enough for it to count. */
  readonly perPair: number;
}

/** Times growing systems made of copies of the first particles; nothing of them is kept. */
export async function measureSpeed(problem: Problem, open: (problem: Problem) => Promise<Choice>): Promise<Speed> {
  let speed: Speed = { engine: 'cpu', perPair: Infinity };
  for (let round = 0, n = FIRST_TRY; round < ROUNDS; round++) {
    const { engine } = await open(resized(problem, n));
    const step = await timeStep(engine);
    engine.destroy();
    speed = { engine: engine.info.name, perPair: step / (n * problem.m) };
    if (n >= MOST || step > STEP_BUDGET / 8) break;
    n = widthFor(speed, problem.m);
  }
  return speed;
}

/** The power of two (at least a cloud worth looking at, at most 2^20) whose step stays within the budget. */
export function widthFor({ engine, perPair }: Speed, m: number): number {
  const fits = 2 ** Math.floor(Math.log2(STEP_BUDGET / (perPair * m)));
  return Math.max(LEAST[engine], Math.min(MOST, fits));
}

/** One sentence where there are fewer neurons than a real GPU would move; else empty. */
export function widthNotice({ perPair }: Speed, n: number, m: number): string {
  if (n >= MOST) return '';
  const full = ((perPair * MOST * m) / 1000).toPrecision(2);
  return `${n.toLocaleString('en')} neurons move smoothly here; a step of 1,048,576 would take about ${full} s on this machine.`;
}

async function timeStep(engine: Engine): Promise<number> {
  await engine.advance(1);
  const started = performance.now();
  let steps = 0;
  do {
    await engine.advance(2);
    steps += 2;
  } while (performance.now() - started < MEASURE);
  return (performance.now() - started) / steps;
}

function resized(problem: Problem, n: number): Problem {
  const theta = new Float64Array(n * (1 + problem.d));
  for (let i = 0; i < theta.length; i++) theta[i] = problem.theta[i % problem.theta.length];
  return { ...problem, n, theta, outer: (problem.outer * problem.n) / n };
}
