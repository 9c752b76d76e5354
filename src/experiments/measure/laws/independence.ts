/**
 * docs/model.md, fact 8, propagation of chaos: a few particles of a small system are nearly independent, and
 * their law is nearly the limit's.
 */
import { formOf } from '../../../core/activations/parametric.ts';
import type { Config } from '../../../core/config/config.ts';
import { preactivation } from '../../../core/model.ts';
import { shapeOf } from '../../../core/shape.ts';
import { joined } from '../../../core/sums.ts';
import { mean, pairCovariances, squareOfMean } from '../../../core/analysis/statistics.ts';
import type { Problem, Theta } from '../../../engines/engine.ts';
import { advance, outputsOf, overReplicas, particles, thetasOf } from '../ensemble.ts';
import {
  FEWEST_LEVELS,
  TOLERANCE,
  type Context,
  type Measured,
  type Measurement,
  type Series,
} from '../measurement.ts';
import { referencePath, sharedDraws } from '../reference.ts';
import {
  euler,
  independentDraws,
  meanField,
  noNoise,
  ownDraws,
  type Requirement,
  innerProduct,
} from '../requirements.ts';
import { quantileDifferences, tuples } from '../sliced.ts';
import { SOON } from './soon.ts';

const REFERENCE = 2 ** 18;
/** Numbers of particles whose joint law is compared with ρ^⊗k. */
const TUPLES = [1, 2, 4];
/** Of what is Θ(1/n) at n from 10 to 26 only, where c/n² is a tenth of it: the order is told from n^(−1/2), not more. */
const FEW = 0.2;
/** Blocks of replicas: noise of different blocks is independent and drops out of their product. */
const BLOCKS = 64;
/** Distinct particles of the control. */
const DISTINCT = 4;

/** Noise of sliced W2 stays below it for n ≤ 32 and R ≥ 10 n² alone. */
const enoughReplicas: Requirement = (_, widths, replicas) => {
  const most = widths.at(-1)!;
  const needed = 10 * most ** 2;
  if (most > 32 || widths[0] < 4)
    return `widths = ${widths.join(',')}: above n = 32 sliced W2 sinks into noise, below 4 there is no triple to speak of: give widths from 4 to 32`;
  return replicas >= needed
    ? null
    : `replicas = ${replicas}: sliced W2 at n = ${most} needs 10 n² = ${needed}, give as many or smaller widths`;
};

/** (1/n) Σ q and the mean of q_i q_j over pairs i ≠ j, of q = w1 φ(⟨w0, x⟩) at the first sample. */
function pairMoments(theta: Theta, problem: Problem): { mean: number; pairs: number } {
  const { x, d, n, activation } = problem;
  const { w0, width } = shapeOf(problem);
  let sum = 0;
  let squares = 0;
  for (let row = 0; row < theta.length; row += width) {
    const q = theta[row] * formOf(activation).phi(preactivation(theta, row + w0, x, 0, d));
    sum += q;
    squares += q * q;
  }
  return { mean: sum / n, pairs: (sum * sum - squares) / (n * (n - 1)) };
}

interface Pair {
  readonly moments: { readonly mean: number; readonly pairs: number };
  /** Rows of k particles for each k of TUPLES: of the system, and of its copies that the limit drives. */
  readonly own: readonly Float64Array[];
  readonly driven: readonly Float64Array[];
  readonly width: number;
}

async function pairsOf(
  context: Context,
  config: Config,
  n: number,
  path: Float64Array,
  counts: readonly number[],
): Promise<Pair[]> {
  const draw = {
    config,
    n,
    replicas: context.replicas,
    ...(context.spoiled && { alter: sharedDraws(DISTINCT) }),
  };
  return overReplicas(context, draw, async (engine) => {
    const { problem } = engine;
    const { width } = shapeOf(problem);
    const { steps } = config.dynamics;
    await advance(context, engine, steps);
    const own = await thetasOf(engine);
    await engine.restore(problem.theta, 0);
    await advance(context, engine, steps, path);
    const driven = await thetasOf(engine);
    return own.map((theta, r) => ({
      moments: pairMoments(theta, problem),
      own: counts.map((k) => tuples(theta, width, k)),
      driven: counts.map((k) => tuples(driven[r], width, k)),
      width,
    }));
  });
}

/** Values, one a block, whose mean is sliced W2² of k particles' law from ρ^⊗k. */
function slicedValues(pairs: readonly Pair[], i: number, k: number): number[] {
  const size = Math.floor(pairs.length / BLOCKS);
  return squareOfMean(
    Array.from({ length: BLOCKS }, (_, block) => {
      const own = pairs.slice(block * size, (block + 1) * size);
      return quantileDifferences(
        joined(
          own.map((pair) => pair.own[i]),
          Float64Array,
        ),
        joined(
          own.map((pair) => pair.driven[i]),
          Float64Array,
        ),
        k * own[0].width,
      );
    }),
  );
}

/**
 * E f_2n − E f_n by the system of 2n particles less the mean of the two systems of its halves: their
 * fluctuations cancel to first order. A weak error c/n leaves c/2n of it.
 */
async function weakError(context: Context, n: number): Promise<number[]> {
  const { config, replicas, spoiled } = context;
  const outputs = async (count: number, first: number) =>
    overReplicas(
      context,
      { config, n: count, first, replicas, ...(spoiled && { alter: sharedDraws(DISTINCT) }) },
      async (engine) => {
        await advance(context, engine, config.dynamics.steps);
        return outputsOf(engine);
      },
    );
  const [whole, left, right] = [await outputs(2 * n, 0), await outputs(n, 0), await outputs(n, n)];
  return squareOfMean(
    whole.map((f, k) => f.map((value, a) => (value - (left[k][a] + right[k][a]) / 2) / Math.sqrt(f.length))),
  );
}

/**
 * Two atoms (±1, 0.7, …): ρ_0 without a density. Its limit is two particles that stand for half of them each.
 */
const TWO_ATOMS = { w1: { law: 'sphere', radius: 1 }, w0: { law: 'dirac', at: 0.7 } } as const;

async function twoAtomValues(context: Context, widths: readonly number[]): Promise<number[][]> {
  const { seed } = context.config.initial;
  const config: Config = { ...context.config, initial: { seed, antithetic: false, ...TWO_ATOMS } };
  const limit: Config = {
    ...config,
    initial: { ...config.initial, w1: { law: 'dirac', at: 1 }, antithetic: true },
  };
  const path = await referencePath(context, limit, 2);
  const found = [];
  for (const n of widths) found.push(slicedValues(await pairsOf(context, config, n, path, [1]), 0, 1));
  return found;
}

async function run(context: Context): Promise<Measured> {
  const { config, widths, replicas } = context;
  context.expect(REFERENCE + 2 + 6 * particles(widths, replicas));
  const path = await referencePath(context, config, REFERENCE);
  const covariances: number[][] = [];
  const sliced: number[][][] = [];
  const weak: number[][] = [];
  let width = 0;
  for (const n of widths) {
    const pairs = await pairsOf(context, config, n, path, TUPLES);
    [{ width }] = pairs;
    covariances.push(
      pairCovariances(
        pairs.map(({ moments }) => moments.mean),
        pairs.map(({ moments }) => moments.pairs),
      ),
    );
    sliced.push(TUPLES.map((k, i) => slicedValues(pairs, i, k)));
    weak.push(await weakError(context, n));
  }
  const beside = () => twoAtomValues(context, widths);
  const atoms = await (context.learned?.aside(beside) ?? beside());
  const rate = (
    name: string,
    values: (i: number) => number[],
    { expected = -1, root = 1, tolerance = TOLERANCE.rate }: Partial<Series> = {},
  ): Series => ({
    name,
    abscissa: 'n',
    expected,
    tolerance,
    root,
    levels: widths.map((n, i) => ({ n, x: n, values: values(i) })),
  });
  return {
    series: [
      rate('cov(q(θ_i), q(θ_j))', (i) => covariances[i]),
      ...TUPLES.map((k, at) =>
        rate(`W2 along lines of ${k} from ρ^⊗${k}`, (i) => sliced[i][at], { root: 2, tolerance: FEW }),
      ),
      rate('|E f_2n − E f_n|', (i) => weak[i], { root: 2, tolerance: FEW }),
      rate('W2 along lines of 1, two atoms', (i) => atoms[i], { expected: -1 / 2, root: 2 }),
    ],
    seen: widths.flatMap((n, i) =>
      TUPLES.map((k, at) => ({
        seen: 'n √D W2 along lines, D the dimension of k particles',
        n,
        k,
        value: n * Math.sqrt(k * width * Math.max(0, mean(sliced[i][at]))),
      })),
    ),
    checks: [],
  };
}

export const INDEPENDENCE: Measurement = {
  summary:
    'Covariance over all pairs of particles, the weak error of f, and W2 along 8 lines (at most W2) of the law of 1, 2 and 4 particles from ρ^⊗k, against n; a two-atom law beside them.',
  law: 'cov(q(θ_i), q(θ_j)) = Θ(1/n), W2(law(θ_1..θ_k), ρ^⊗k) ≲ (1/n) e^(ct) for each k, and with it its lower bound along lines, |E f_n − f| = Θ(1/n); without a density, two atoms, W2 = Θ(n^(−1/2)) (docs/model.md, fact 8 and Errata)',
  defaults: {
    config: {
      ...SOON,
      dynamics: { dt: 1, steps: 10 },
    },
    widths: [10, 14, 18, 22, 26],
    replicas: 7168,
  },
  fewestWidths: FEWEST_LEVELS,
  requires: [ownDraws, noNoise, euler, meanField, independentDraws, enoughReplicas, innerProduct],
  control: { summary: `draws shared in blocks of n/${DISTINCT}` },
  run,
};
