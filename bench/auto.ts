/**
 * `npm run bench:auto`: what method = "auto" takes, held against the clock. On a quiet machine: other work would
 * be measured, too. What it takes, and how much less that has to do, the tests hold by counting.
 */
import { NODE_PLATFORM } from '../src/cli/machine/platform.ts';
import { runTool } from '../src/cli/tool.ts';
import type { ActivationName } from '../src/core/activations/activations.ts';
import { featureOf } from '../src/core/features/features.ts';
import { METHOD_NAMES, refusalOf, type MethodName } from '../src/core/methods/methods.ts';
import type { Engine, Problem } from '../src/engines/engine.ts';
import { openEngine, type Wish } from '../src/engines/select.ts';
import { cloud, samplesOf } from '../tests/support/fast-sums.ts';
import { heldTable, holds, type Held } from './held.ts';
import { load, machine, machineLine } from './machine.ts';

interface Shape {
  readonly engine: 'cpu' | 'webgpu';
  readonly activation: ActivationName;
  readonly n: number;
  readonly m: number;
  readonly d?: number;
  readonly bias?: boolean;
}

const SHAPES: readonly Shape[] = [
  { engine: 'cpu', activation: 'tanh', n: 2000, m: 64 },
  { engine: 'cpu', activation: 'tanh', n: 100_000, m: 64 },
  { engine: 'cpu', activation: 'tanh', n: 100_000, m: 64, bias: false },
  { engine: 'cpu', activation: 'relu', n: 500, m: 300 },
  { engine: 'cpu', activation: 'relu', n: 60_000, m: 64 },
  { engine: 'webgpu', activation: 'tanh', n: 200_000, m: 128 },
  { engine: 'webgpu', activation: 'relu', n: 100_000, m: 64 },
];
const ROUNDS = 3;
/** Of the fastest method's time: an approximate one is not taken for a gain below 3, and times vary. */
const MOST = 5;
/** Nor is it where an exact step is as short as this, in milliseconds. */
const SHORT = 200;
/** How much faster than direct sums what is taken on WebGPU in place of them is. */
const GAIN = 1.5;

function problemOf({ activation, n, m, d = 2, bias = true }: Shape): Problem {
  const { x } = samplesOf(m, d, bias, 3);
  const y = Float64Array.from({ length: m }, (_, a) => Math.sin(3 * x[a * d]));
  return {
    n,
    m,
    d,
    x,
    y,
    theta: cloud(n, d, 1.5, 4),
    activation,
    loss: 'squared',
    integrator: 'euler',
    dt: 0.2,
    outer: 1 / n,
    speed: 1,
  };
}

const open = async (shape: Shape, method: Wish['method']): Promise<Engine> => {
  const platform = { ...NODE_PLATFORM, autoTakesSoftware: true, cpu: {} };
  return (await openEngine({ engine: shape.engine, method }, problemOf(shape), platform)).engine;
};

/** Milliseconds of a step, best of some. */
async function timeOf(shape: Shape, method: MethodName): Promise<number> {
  const engine = await open(shape, method);
  let best = Infinity;
  for (let round = 0; round < ROUNDS; round++) {
    const start = performance.now();
    await engine.advance(1);
    best = Math.min(best, performance.now() - start);
  }
  engine.destroy();
  return best;
}

/** Of every method that is for this problem. */
async function timesOf(shape: Shape): Promise<Map<MethodName, number>> {
  const problem = problemOf(shape);
  const pairs = { samples: problem, feature: featureOf(problem) };
  const times = new Map<MethodName, number>();
  for (const name of METHOD_NAMES)
    if (refusalOf(name, pairs) === null) times.set(name, await timeOf(shape, name));
  return times;
}

async function held(shape: Shape): Promise<Held> {
  const { engine, activation, n, m, bias = true } = shape;
  const opened = await open(shape, 'auto');
  const { method } = opened.info;
  opened.destroy();
  const times = await timesOf(shape);
  const time = times.get(method)!;
  const what = `${engine}, ${activation}, n = ${n}, m = ${m}${bias ? '' : ', no bias'}: ${method}`;
  if (engine === 'webgpu')
    return {
      what: `${what} beside direct`,
      measured: times.get('direct')! / time,
      limit: GAIN,
      least: true,
      unit: '×',
    };
  if (method === 'direct' && time < SHORT) return { what, measured: time, limit: SHORT, unit: 'ms' };
  return {
    what: `${what} beside the fastest`,
    measured: time / Math.min(...times.values()),
    limit: MOST,
    unit: '×',
  };
}

async function run(): Promise<number> {
  const before = load();
  const hasGpu = (await NODE_PLATFORM.gpu()).gpu !== null;
  const all: Held[] = [];
  for (const shape of SHAPES) if (shape.engine === 'cpu' || hasGpu) all.push(await held(shape));
  process.stdout.write(
    `${machineLine(machine(null))}; load average ${before} before, ${load()} after.\n\n${heldTable(all)}\n`,
  );
  return all.every(holds) ? 0 : 1;
}

await runTool('bench:auto', {
  summary: 'What method = "auto" takes, held against the clock, on a quiet machine.',
  positionals: [],
  flags: {},
  run,
});
