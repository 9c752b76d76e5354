/** What sums cost on an adapter, from steps that are timed there: `auto` compares methods by it from then on. */
import { classOf, COSTS } from '../../../core/methods/costs.ts';
import { fitted, type Seen } from '../../../core/methods/fit-costs.ts';
import { featureOf } from '../../../core/features/features.ts';
import { extentOf } from '../../../core/mesh/grid.ts';
import { METHODS, type Method, type MethodName } from '../../../core/methods/methods.ts';
import type { ActivationName } from '../../../core/activations/activations.ts';
import type { GpuContext } from '../../../gpu/device.ts';
import { rememberCosts } from '../../adapter-costs.ts';
import type { Problem } from '../../engine.ts';
import type { Store } from '../../store.ts';
import { createWebGpuEngine } from './open.ts';
import { madeUp } from './trial.ts';

interface Step {
  readonly method: MethodName;
  readonly activation: ActivationName;
  readonly d: number;
  readonly n: number;
  readonly m: number;
}

/** Steps that tell the costs apart; a software adapter has a share of their neurons. */
const STEPS: readonly Step[] = [
  { method: 'direct', activation: 'tanh', d: 2, n: 2 ** 12, m: 16 },
  { method: 'direct', activation: 'tanh', d: 2, n: 2 ** 19, m: 256 },
  { method: 'direct', activation: 'relu', d: 2, n: 2 ** 19, m: 256 },
  { method: 'direct', activation: 'relu', d: 64, n: 2 ** 16, m: 128 },
  { method: 'sector', activation: 'relu', d: 2, n: 2 ** 20, m: 32 },
  { method: 'sector', activation: 'relu', d: 2, n: 2 ** 14, m: 512 },
  { method: 'mesh', activation: 'tanh', d: 2, n: 2 ** 20, m: 32 },
  { method: 'mesh', activation: 'tanh', d: 2, n: 2 ** 14, m: 512 },
];
const SHARE = 2 ** 7;
const FEWEST = 2 ** 8;

const ROUNDS = 3;
/** Milliseconds of a round. */
const LONG = 20;

/** Nanoseconds of a step by a method. */
export type StepTimer = (problem: Problem, method: MethodName) => Promise<number>;

const byEngine =
  (gpu: GpuContext): StepTimer =>
  async (problem, method) => {
    const engine = await createWebGpuEngine(gpu, problem, { method });
    try {
      const run = async (steps: number): Promise<number> => {
        const started = performance.now();
        await engine.advance(steps);
        return (1e6 * (performance.now() - started)) / steps;
      };
      await run(1); // drivers go on compiling when a pipeline is first used
      const steps = Math.max(1, Math.min(500, Math.round((1e6 * LONG) / (await run(1)))));
      let least = Infinity;
      for (let round = 0; round < ROUNDS; round++) least = Math.min(least, await run(steps));
      return least;
    } finally {
      engine.destroy();
    }
  };

/** Measures the costs and remembers them. Takes some seconds of the adapter's time, and as long for its compiler. */
export async function measureCosts(
  gpu: GpuContext,
  { store, time = byEngine(gpu) }: { readonly store?: Store | undefined; readonly time?: StepTimer } = {},
): Promise<void> {
  const seen: Seen[] = [];
  for (const { method, m, n, ...kind } of STEPS) {
    const problem = madeUp(gpu.software ? Math.max(FEWEST, n / SHARE) : n, kind, m);
    const { work }: Method = METHODS[method];
    const pairs = { samples: problem, feature: featureOf(problem) };
    const needed = work(pairs, problem.n, extentOf(problem.theta, problem));
    if (needed) seen.push({ work: needed, nanoseconds: await time(problem, method) });
  }
  rememberCosts(gpu, fitted(COSTS[classOf(gpu)].costs, seen), store);
}
