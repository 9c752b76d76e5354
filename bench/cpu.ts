/**
 * The float64 engine against the yardstick, a plain double loop on one thread (plain.ts): checked against it
 * first, then timed side by side. `node --import tsx bench/cpu.ts [--json] [--rounds R] [--most N]`; N is the
 * largest width (10⁷ for the growth in n).
 */
import { featureOf } from '../src/core/features.ts';
import { NODE_PLATFORM } from '../src/cli/machine/platform.ts';
import { createCpuEngine, type CpuEngine } from '../src/engines/cpu/engine.ts';
import { fastest, type MethodName } from '../src/core/methods.ts';
import type { Problem } from '../src/engines/engine.ts';
import { problemOf, type Timed } from './cases.ts';
import { Plain } from './plain.ts';

const flag = (name: string, otherwise: number): number =>
  Number(process.argv[process.argv.indexOf(`--${name}`) + 1 || Infinity] ?? otherwise);
const ROUNDS = flag('rounds', 5);
const MOST = flag('most', 1e7);
const N = 1e6;
/** Widths at which what takes time n m is timed, and scaled to N. */
const PLAIN_PAIRS = 2 ** 21;
const DIRECT_PAIRS = 2 ** 23;

interface Shape {
  readonly activation: Timed;
  readonly m: number;
  /** The second input is 1 for all samples. */
  readonly bias: boolean;
}

function problem({ activation, m, bias }: Shape, n: number): Problem {
  const drawn = problemOf({ n, m, activation });
  return bias ? { ...drawn, x: drawn.x.map((value, i) => (i % 2 ? 1 : value)) } : drawn;
}

async function open(of: Problem, method: MethodName): Promise<CpuEngine> {
  return createCpuEngine(of, { ...NODE_PLATFORM.cpu, method });
}

const autoOf = (of: Problem): MethodName => fastest({ samples: of, feature: featureOf(of) }, of.theta).method;

async function milliseconds(work: () => unknown): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/**
 * Largest |Δb| over the rms of b, over 2000 particles at N, after a step whose residuals are the engine's own.
 */
async function driftError(shape: Shape, method: MethodName): Promise<number> {
  const of = problem(shape, N);
  const engine = await open(of, method);
  const picked = 2000;
  const stride = N / picked;
  const width = 3;
  const r = (await engine.f()).map((f, a) => f - of.y[a]);
  const before = of.theta;
  await engine.advance(1);
  const after = await engine.theta();
  const plain = new Plain({
    ...of,
    n: picked,
    theta: before.filter((_, i) => Math.floor(i / width) % stride === 0),
  });
  const start = plain.theta.slice();
  engine.destroy();
  plain.move(r);
  let worst = 0;
  let square = 0;
  for (let k = 0; k < picked * width; k++) {
    const j = Math.floor(k / width) * stride * width + (k % width);
    const exact = plain.theta[k] - start[k];
    worst = Math.max(worst, Math.abs(after[j] - before[j] - exact));
    square += exact * exact;
  }
  return worst / Math.sqrt(square / (picked * width));
}

interface Row extends Shape {
  readonly method: string;
  readonly n: number;
  /** Milliseconds a step: the best round. */
  readonly ms: number;
  /** Of the yardstick's time for a step of the same size. */
  readonly ratio: number;
  readonly error: number;
}

async function race(shape: Shape): Promise<Row[]> {
  const plainN = PLAIN_PAIRS / shape.m;
  const directN = DIRECT_PAIRS / shape.m;
  const whole = problem(shape, N);
  const auto = autoOf(whole);
  const plain = new Plain(problem(shape, plainN));
  const direct = await open(problem(shape, directN), 'direct');
  const fast = await open(whole, auto);
  const steps = 2;
  const times = { plain: [] as number[], direct: [] as number[], fast: [] as number[] };
  for (let round = 0; round <= ROUNDS; round++) {
    times.plain.push((N / plainN) * (await milliseconds(() => plain.move(plain.residual()))));
    times.direct.push((N / directN) * (await milliseconds(() => direct.advance(1))));
    times.fast.push((await milliseconds(() => fast.advance(steps))) / steps);
  }
  direct.destroy();
  fast.destroy();
  // The first round warms up
  const best = (list: number[]): number => Math.min(...list.slice(1));
  const yardstick = best(times.plain);
  const row = (method: string, list: number[], error: number): Row => ({
    ...shape,
    method,
    n: N,
    ms: best(list),
    ratio: yardstick / best(list),
    error,
  });
  return [
    row('yardstick', times.plain, 0),
    row('direct', times.direct, await driftError(shape, 'direct')),
    row(`auto: ${auto}`, times.fast, await driftError(shape, auto)),
  ];
}

/** How many times as long a step takes at ten times the width, side by side: the best rounds of both. */
async function growth(shape: Shape): Promise<number> {
  const engines = await Promise.all(
    [MOST / 10, MOST].map((n) => problem(shape, n)).map((of) => open(of, autoOf(of))),
  );
  const best = [Infinity, Infinity];
  for (let round = 0; round <= ROUNDS; round++) {
    for (const [i, engine] of engines.entries())
      best[i] = Math.min(best[i], await milliseconds(() => engine.advance(1)));
  }
  for (const engine of engines) engine.destroy();
  return best[1] / best[0];
}

const rows: Row[] = [];
for (const activation of ['tanh', 'relu'] as const) {
  for (const m of [256, 1024])
    for (const bias of [true, false]) rows.push(...(await race({ activation, m, bias })));
}
const growths = {
  tanh: await growth({ activation: 'tanh', m: 256, bias: true }),
  relu: await growth({ activation: 'relu', m: 256, bias: true }),
};
if (process.argv.includes('--json')) process.stdout.write(`${JSON.stringify({ rows, growths })}\n`);
else {
  for (const { activation, m, bias, method, ms, ratio, error } of rows) {
    process.stdout.write(
      `${activation} m=${m} ${bias ? 'bias' : 'free'}`.padEnd(20) +
        method.padEnd(14) +
        `${ms.toFixed(1)} ms`.padStart(12) +
        `${ratio.toFixed(1)}×`.padStart(9) +
        (error ? error.toExponential(1) : '').padStart(10) +
        '\n',
    );
  }
  process.stdout.write(
    `a step at n = ${MOST} against n = ${MOST / 10}: tanh ${growths.tanh.toFixed(1)}×, relu ${growths.relu.toFixed(1)}×\n`,
  );
}
process.exit();
