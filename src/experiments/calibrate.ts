/** How many neurons this machine moves at a lively rate, found by trying. */
import { rowsTaken } from '../core/dynamics/feed.ts';
import { shapeOf } from '../core/shape.ts';
import { CapacityError, type Engine, type EngineName, type Problem } from '../engines/engine.ts';

/** A step may take this long in milliseconds: some twenty steps a second are a moving picture. */
const STEP_BUDGET = 45;
/** Widths tried, in turn: a method that only pays for many neurons shows itself at the second. */
const TRIES = [2 ** 12, 2 ** 17, 2 ** 20];
/**
 * The next width is tried when, at the rate seen so far, a step of it takes no longer than this many budgets.
 */
const PATIENCE = 8;
/** A rate holds for this factor around the width at which it was seen. */
const HOLDS = 4;
/** Fewest that make a cloud worth looking at, and most: beyond, a CPU's cloud is long in opening. */
const OF_CPU = { least: 20480, most: 2 ** 17 };
export const BOUNDS: Record<EngineName, { least: number; most: number }> = {
  webgpu: { least: 2 ** 10, most: 2 ** 20 },
  cpu: OF_CPU,
  cpu32: OF_CPU,
};
/** Beyond so many pairs a step the picture would stand still rather than be dense. */
const MOST_PAIRS_OF_LEAST = 2 ** 22;
/** Steps of more are not tried: the first of them would take seconds. */
const MOST_PAIRS = 2 ** 28;
const MEASURE = 40;

export interface Speed {
  readonly engine: EngineName;
  /** Milliseconds a step at each width tried, for a problem of so many rows a step and numbers in a row of θ. */
  readonly steps: readonly { readonly n: number; readonly step: number }[];
  readonly rows: number;
  readonly width: number;
}

/** Whether it says how fast another problem is. */
export const tells = ({ width }: Speed, problem: Problem): boolean => width === shapeOf(problem).width;

/**
 * Times growing systems made of copies of the first particles, as far as memory goes; nothing of them is kept.
 */
export async function measureSpeed(
  problem: Problem,
  open: (problem: Problem) => Promise<Engine>,
): Promise<Speed> {
  const steps: { n: number; step: number }[] = [];
  const rows = rowsTaken(problem);
  let engine: EngineName = 'cpu';
  for (const wanted of TRIES) {
    const n = Math.min(wanted, Math.max(1, Math.floor(MOST_PAIRS / rows)));
    const last = steps.at(-1);
    if (last && (n === last.n || (last.step * n) / last.n > PATIENCE * STEP_BUDGET)) break;
    const tried = await open(resized(problem, n)).catch((error: unknown) => {
      if (last && error instanceof CapacityError) return null;
      throw error;
    });
    if (!tried) break;
    engine = tried.info.name;
    try {
      steps.push({ n, step: await timeStep(tried) });
    } finally {
      tried.destroy();
    }
    if (n >= BOUNDS[engine].most) break;
  }
  return { engine, steps, rows, width: shapeOf(problem).width };
}

/**
 * The greatest power of two whose step stays within the budget, at the rates that were seen; within the
 * engine's bounds.
 */
export function widthFor({ engine, steps, rows: measured }: Speed, rows: number): number {
  const fits = steps.map(({ n, step }) =>
    Math.min(HOLDS * n, 2 ** Math.floor(Math.log2((STEP_BUDGET * n * measured) / (step * rows)))),
  );
  const { least, most } = BOUNDS[engine];
  return Math.max(
    1,
    least * rows <= MOST_PAIRS_OF_LEAST ? least : 2 ** Math.floor(Math.log2(MOST_PAIRS_OF_LEAST / rows)),
    Math.min(most, Math.max(...fits)),
  );
}

async function timeStep(engine: Engine): Promise<number> {
  await engine.advance(1);
  const started = performance.now();
  let steps = 0;
  do {
    await engine.advance(1);
    steps++;
  } while (performance.now() - started < MEASURE);
  return (performance.now() - started) / steps;
}

function resized(problem: Problem, n: number): Problem {
  const theta = new Float64Array(n * shapeOf(problem).width);
  for (let i = 0; i < theta.length; i++) theta[i] = problem.theta[i % problem.theta.length];
  return { ...problem, n, theta, outer: (problem.outer * problem.n) / n };
}
