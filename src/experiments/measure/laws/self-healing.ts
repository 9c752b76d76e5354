/**
 * Self-healing: where the limit interpolates, fluctuations are in the long run smaller than those of independent
 * draws from ρ_t (Rotskoff, Vanden-Eijnden 2018; Chen, Rotskoff, Bruna, Vanden-Eijnden 2020).
 */
import { formOf } from '../../../core/activations/parametric.ts';
import { mean, meanOf } from '../../../core/analysis/statistics.ts';
import { preactivation } from '../../../core/model.ts';
import { STREAMS, systemSeed } from '../../../core/random.ts';
import { rowsOf, shapeOf } from '../../../core/shape.ts';
import type { Engine, Problem, Theta } from '../../../engines/engine.ts';
import { r2 } from '../../data/encoding.ts';
import {
  advance,
  difference,
  outputsOf,
  overReplicas,
  particles,
  problemOf,
  rms,
  thetasOf,
} from '../ensemble.ts';
import type { Check, Context, Measured, Measurement } from '../measurement.ts';
import type { CurvePoint } from '../panel.ts';
import { referencePath } from '../reference.ts';
import {
  drawnApart,
  euler,
  innerProduct,
  meanField,
  noNoise,
  outputWeights,
  ownDraws,
  squared,
} from '../requirements.ts';
import { SOON } from './soon.ts';

/** Looks along the run, as shares of T: what heals does so over orders of magnitude of t. */
const SHARES = [0, 1 / 64, 1 / 32, 1 / 16, 1 / 8, 1 / 4, 1 / 2, 1];
const stopsOf = (steps: number): number[] => [...new Set(SHARES.map((share) => Math.round(share * steps)))];

/** The limit: the mean over so many systems, each so many times as wide as the widest. */
const WIDER = 16;
const REFERENCES = 8;
/** Share of the Monte-Carlo value below which it has healed. */
const HEALED = 1 / 2;
/** R² of the limit at the end from which on it does so. */
const INTERPOLATES = 0.99;
/** Standard errors that the start may be off, where particles are independent draws. */
const STANDARD_ERRORS = 4;

/** At each stop: what is seen of the engine. */
async function along<T>(
  context: Context,
  engine: Engine,
  see: (engine: Engine) => Promise<readonly T[]>,
  path?: Float64Array,
): Promise<(readonly T[])[]> {
  const { m } = engine.problem;
  const seen: (readonly T[])[] = [];
  let from = 0;
  for (const stop of stopsOf(context.config.dynamics.steps)) {
    await advance(context, engine, stop - from, path?.slice(from * m, stop * m));
    from = stop;
    seen.push(await see(engine));
  }
  return seen;
}

/** By replica what was by stop. */
const byReplica = <T>(seen: readonly (readonly T[])[]): T[][] =>
  seen[0].map((_, k) => seen.map((all) => all[k]));

interface Limit {
  /** f_t [m]. */
  readonly f: Float64Array;
  /** Var_ρt of w1 φ, the mean over samples: n times the mean square error of n independent draws. */
  readonly monteCarlo: number;
}

/** Var of w1 φ over the particles, the mean over samples. */
function spreadOf(theta: Theta, problem: Problem): number {
  const { x, m, d, activation } = problem;
  const shape = shapeOf(problem);
  const { phi } = formOf(activation);
  const n = rowsOf(theta, shape);
  let spread = 0;
  for (let a = 0; a < m; a++) {
    let [sum, squares] = [0, 0];
    for (let row = 0; row < theta.length; row += shape.width) {
      const q = theta[row + shape.w1] * phi(preactivation(theta, row + shape.w0, x, a * d, d));
      sum += q;
      squares += q * q;
    }
    spread += (squares - (sum * sum) / n) / (n - 1) / m;
  }
  return spread;
}

async function limits(context: Context, N: number): Promise<Limit[]> {
  const { config } = context;
  const seedOf = (k: number): number => systemSeed(config.initial.seed, k, STREAMS.reference);
  const systems = await overReplicas(context, { config, n: N, replicas: REFERENCES, seedOf }, async (engine) =>
    byReplica(
      await along(context, engine, async () => {
        const outputs = await outputsOf(engine);
        return (await thetasOf(engine)).map((theta, k) => ({
          f: outputs[k],
          monteCarlo: spreadOf(theta, engine.problem),
        }));
      }),
    ),
  );
  return systems[0].map((_, stop) => {
    const own = systems.map((looks) => looks[stop]);
    return {
      f: own[0].f.map((__, a) => mean(own.map(({ f }) => f[a]))),
      monteCarlo: mean(own.map(({ monteCarlo }) => monteCarlo)),
    };
  });
}

/** n ‖f_n − f‖² over the Monte-Carlo value, of each replica at each stop [stop][replica]. */
async function ratios(
  context: Context,
  n: number,
  limit: readonly Limit[],
  path?: Float64Array,
): Promise<number[][]> {
  const { config, replicas } = context;
  const stories = await overReplicas(context, { config, n, replicas }, async (engine) =>
    byReplica(await along(context, engine, outputsOf, path)),
  );
  return limit.map(({ f, monteCarlo }, stop) =>
    stories.map((story) => (n * rms(difference(story[stop], f)) ** 2) / monteCarlo),
  );
}

async function run(context: Context): Promise<Measured> {
  const { config, widths, replicas, spoiled } = context;
  const { dt, steps } = config.dynamics;
  const N = WIDER * widths.at(-1)!;
  context.expect(particles(widths, replicas) + (REFERENCES + (spoiled ? 1 : 0)) * N);
  const limit = await limits(context, N);
  const path = spoiled ? await referencePath(context, config, N) : undefined;
  const times = stopsOf(steps).map((step) => +(step * dt).toPrecision(6));
  const { y } = await problemOf({ config, n: 1, replicas: 1 }, context.files);
  const learned = r2(limit.at(-1)!.f, y, 1);
  const checks: Check[] = [];
  const curves = [];
  for (const n of widths) {
    const found = (await ratios(context, n, limit, path)).map(meanOf);
    checks.push(started(n, found[0]), healed(n, times.at(-1)!, found.at(-1)!, learned));
    curves.push({
      name: `n = ${n}`,
      mark: 'dots' as const,
      points: found.map(({ value, low, high }, i): CurvePoint => ({ x: times[i], y: value, low, high })),
    });
  }
  const title = 'n E‖f_n − f‖² over that of independent draws';
  return {
    series: [],
    checks,
    panels: [{ title, x: { title: 't' }, y: { title: 'ratio', log: true }, curves }],
  };
}

type Interval = ReturnType<typeof meanOf>;

const started = (n: number, { value, high }: Interval): Check => ({
  name: `ratio at t = 0, n = ${n}`,
  value,
  expected: 1,
  tolerance: (STANDARD_ERRORS / 2) * (high - value),
  theory: 'particles are independent draws of ρ_0',
});

/** Undecided where the interval has room for either, or the limit has not come to what the law is about. */
const healed = (n: number, t: number, { value, low }: Interval, learned: number): Check => ({
  name: `ratio at t = ${t}, n = ${n}`,
  value,
  expected: HEALED,
  tolerance: 0,
  side: 'most',
  theory: `where the limit interpolates; its R² is ${learned.toPrecision(4)}`,
  ...((low <= HEALED || learned < INTERPOLATES) && { otherwise: 'undecided' as const }),
});

export const SELF_HEALING: Measurement = {
  summary:
    'Mean square distance of f from the limit’s along a long run, over what as many independent draws from ρ_t would have: it begins at 1 and falls where the limit interpolates.',
  law: 'n E‖f^(n)_t − f_t‖² = Var_ρ0(w1 φ) at t = 0, and falls below Var_ρt(w1 φ) in the long run where f_t → y (docs/model.md, Independent draws)',
  defaults: {
    config: {
      ...SOON,
      dynamics: { dt: 1, steps: 192 },
    },
    widths: [32, 64, 128, 256],
    replicas: 256,
  },
  fewestWidths: 1,
  requires: [ownDraws, noNoise, euler, meanField, drawnApart, innerProduct, outputWeights, squared],
  control: {
    summary: 'particles do not feel one another: the limit’s residuals drive them, as independent draws',
  },
  run,
};
