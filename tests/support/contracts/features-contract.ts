/** What engine-contract.ts holds engines to, with feature maps other than w1 φ(⟨w0, x⟩). */
import { EPSILON, expectClose, expectEqual, expectSameBits, TRAJECTORY } from '../close.ts';
import {
  bumps,
  neurons,
  outputsOf,
  spikes,
  trajectoryOf,
  type MapProblem,
} from '../oracles/features-oracle.ts';
import { PHI, trajectoryError } from '../oracles/oracle.ts';
import { flat, generator, matrix, termsOf } from '../problems.ts';
import type { Law } from './engine-contract.ts';
import { streamOf } from './feed-laws.ts';
import { withEngine } from './with-engine.ts';
import type { ActivationName } from '../../../src/core/activations/activations.ts';
import type { Features } from '../../../src/core/features/features.ts';
import { firstBatch } from '../../../src/core/dynamics/streams.ts';
import type { Problem } from '../../../src/engines/engine.ts';

interface Sizes {
  readonly n: number;
  readonly m: number;
  readonly c: number;
  readonly d: number;
}

interface Drawn extends MapProblem {
  readonly features: Features;
  /** Default: tanh. */
  readonly activation?: ActivationName;
  readonly theta: number[][];
  /** The size of a number that differs from another by so much where w0 is on a circle: 0 where it is not. */
  readonly period: number;
}

const round = (rows: number[][]): number[][] => rows.map((row) => row.map(Math.fround));
const RADIUS = 1.5;
const onSphere = (row: number[]): number[] => row.map((value) => (RADIUS * value) / Math.hypot(...row));

/** Bumps on a sphere. */
export function onSpheres({ n, m, c, d }: Sizes, seed: number): Drawn {
  const next = generator(seed);
  const w1 = matrix(n, c, next);
  const w0 = matrix(n, d, next).map(onSphere);
  return {
    map: bumps(0.8, RADIUS),
    weights: c,
    features: { rbf: { alpha: 0.8, radius: RADIUS } },
    x: round(matrix(m, d, next).map(onSphere)),
    y: round(matrix(m, c, next)),
    theta: round(w1.map((row, j) => [...row, ...w0[j]])),
    dt: 0.5,
    period: 0,
  };
}

/** Spikes on a circle. */
export function onCircle({ n, m, c }: Sizes, seed: number): Drawn {
  const next = generator(seed);
  const part = (): number[] => [next()];
  const w1 = matrix(n, c, next);
  return {
    map: spikes(3, 0.02),
    weights: c,
    features: { translate: { order: 3, metric: 0.02 } },
    x: round(Array.from({ length: m }, part)),
    y: round(matrix(m, c, next)),
    theta: round(w1.map((row) => [...row, ...part()])),
    dt: 0.05,
    period: 1,
  };
}

/** Neurons without output weights. */
export function withoutWeights(
  { n, m, d }: Omit<Sizes, 'c'>,
  seed: number,
  activation: ActivationName = 'tanh',
): Drawn {
  const next = generator(seed);
  return {
    map: neurons(...PHI[activation]),
    weights: 0,
    features: 'unit',
    activation,
    x: round(matrix(m, d, next)),
    y: round(matrix(m, 1, next)),
    theta: round(matrix(n, d, next)),
    dt: 0.5,
    period: 0,
  };
}

const UNIT = [
  withoutWeights({ n: 65, m: 21, d: 1 }, 9),
  withoutWeights({ n: 300, m: 9, d: 2 }, 10, 'sigmoid'), // φ(0) ≠ 0
  withoutWeights({ n: 41, m: 37, d: 19 }, 12, 'softplus'),
];

const DRAWN = [
  ...UNIT,
  onCircle({ n: 65, m: 21, c: 1, d: 1 }, 6),
  onCircle({ n: 40, m: 9, c: 3, d: 1 }, 7),
  onCircle({ n: 33, m: 35, c: 17, d: 1 }, 8),
  onSpheres({ n: 65, m: 21, c: 1, d: 3 }, 1),
  onSpheres({ n: 40, m: 9, c: 3, d: 2 }, 2),
  onSpheres({ n: 33, m: 35, c: 2, d: 19 }, 3),
];
/** Of each map a shape or two, narrow and wide, where a law is not about shapes. */
const SOME = [DRAWN[1], DRAWN[2], DRAWN[3], DRAWN[8]];

export function featuresProblem(
  { features, activation = 'tanh', weights, x, y, theta, dt }: Drawn,
  more: Partial<Problem> = {},
): Problem {
  return {
    n: theta.length,
    m: x.length,
    c: y[0].length,
    d: x[0].length,
    weights,
    x: flat(x),
    y: flat(y),
    theta: flat(theta),
    activation,
    features,
    loss: 'squared',
    integrator: 'euler',
    dt,
    outer: 1 / theta.length,
    speed: 1,
    ...more,
  };
}

const nameOf = ({ features, x, y }: Drawn): string =>
  `${JSON.stringify(features)}, c = ${y[0].length}, d = ${x[0].length}`;

/** On a circle a number may stand a turn away from its like. */
const beside = (got: ArrayLike<number>, want: readonly number[], period: number): number[] =>
  want.map((value, i) => got[i] - (period && period * Math.round((got[i] - value) / period)));

const oracle: Law = {
  title: 'with other feature maps 40 steps follow the float64 oracle, f and predictions with them',
  async holds(open) {
    for (const drawn of DRAWN) {
      const want = trajectoryOf(drawn, drawn.theta, 40);
      await withEngine(open, featuresProblem(drawn), async (engine) => {
        await engine.advance(40);
        const allowed = TRAJECTORY[engine.info.precision];
        const error = trajectoryError(beside(await engine.theta(), want.flat(), drawn.period), want);
        if (!(error <= allowed)) throw new Error(`${nameOf(drawn)}: error ${error}, allowed ${allowed}`);
        const f = outputsOf(drawn, want).flat();
        const size = 8 * allowed * Math.max(1, ...f.map(Math.abs));
        expectClose(`f, ${nameOf(drawn)}`, await engine.f(), f, size);
        expectClose(`predictions, ${nameOf(drawn)}`, await engine.predict(flat(drawn.x)), f, size);
      });
    }
  },
};

/** Where w0 must be. */
function isPlaced({ features }: Drawn, w0: ArrayLike<number>, unit: number): boolean {
  if (typeof features === 'string') return true;
  if ('translate' in features) return w0[0] >= 0 && w0[0] < 1;
  return Math.abs(Math.hypot(...Array.from(w0)) - RADIUS) <= 8 * unit;
}

const places: Law = {
  title: 'with other feature maps w0 stays where it has its place, with noise, decay, and each integrator, too',
  async holds(open) {
    const noise = termsOf({ temperature: 0.1, decay: 0.2, seed: 3 });
    const ways = [{ terms: noise }, { integrator: 'heun' }, { integrator: 'rk4' }] as const;
    // each way with each map that has a place for w0: DRAWN has three shapes of each
    for (const [k, drawn] of DRAWN.filter(({ features }) => typeof features !== 'string').entries()) {
      await withEngine(open, featuresProblem(drawn, ways[k % ways.length]), async (engine) => {
        await engine.advance(5);
        const theta = Array.from(await engine.theta());
        const width = drawn.theta[0].length;
        for (let row = 0; row < theta.length; row += width) {
          const w0 = theta.slice(row + drawn.weights, row + width);
          if (!isPlaced(drawn, w0, EPSILON[engine.info.precision]))
            throw new Error(`${nameOf(drawn)}: w0 = ${w0.join(', ')}`);
        }
      });
    }
  },
};

const bits: Law = {
  title: 'with other feature maps a restored run, and one step at a time, give the bits of one call',
  async holds(open) {
    for (const drawn of SOME) {
      await withEngine(open, featuresProblem(drawn, { integrator: 'heun' }), async (engine) => {
        await engine.advance(7);
        const [middle, f] = [await engine.theta(), await engine.f()];
        await engine.advance(5);
        const end = await engine.theta();
        await engine.restore(middle, 7);
        expectSameBits('f after restore', await engine.f(), f);
        for (let k = 0; k < 5; k++) await engine.advance(1);
        expectSameBits(`θ, ${nameOf(drawn)}`, await engine.theta(), end);
      });
    }
  },
};

const copies: Law = {
  title: 'with other feature maps copies of every neuron, in another order, leave the flow unchanged',
  async holds(open) {
    for (const drawn of SOME) {
      const after = (theta: number[][]): Promise<{ rows: number[]; unit: number }> =>
        withEngine(open, featuresProblem({ ...drawn, theta }), async (engine) => {
          await engine.advance(10);
          return { rows: Array.from(await engine.theta()), unit: EPSILON[engine.info.precision] };
        });
      const width = drawn.theta[0].length;
      const { rows, unit } = await after(drawn.theta);
      const turned = Array.from({ length: drawn.theta.length }, (_, j) =>
        rows.slice(j * width, (j + 1) * width),
      ).toReversed();
      const many = await after([...drawn.theta, ...drawn.theta.toReversed()]);
      const want = [...rows, ...turned.flat()];
      expectClose(`θ, ${nameOf(drawn)}`, beside(many.rows, want, drawn.period), want, 1000 * unit);
    }
  },
};

const replicas: Law = {
  title: 'with other feature maps replica k has the θ and f of its system alone',
  async holds(open) {
    for (const drawn of SOME) {
      const one = featuresProblem(drawn);
      const other = { ...one, theta: flat(drawn.theta.toReversed()) };
      const theta = Float64Array.from([...one.theta, ...other.theta]);
      await withEngine(open, { ...one, theta, replicas: 2 }, async (engine) => {
        await engine.advance(5);
        const [all, f] = [await engine.theta(), await engine.f()];
        for (const [k, system] of [one, other].entries())
          await withEngine(open, system, async (alone) => {
            await alone.advance(5);
            const [size, outputs] = [all.length / 2, f.length / 2];
            expectSameBits(`θ of ${k}`, all.subarray(k * size, (k + 1) * size), await alone.theta());
            expectSameBits(`f of ${k}`, f.subarray(k * outputs, (k + 1) * outputs), await alone.f());
          });
      });
    }
  },
};

/** Fresh samples for four inner coordinates. */
const STREAM = streamOf(3, { reuse: 2, labelNoise: 0.1 });
const FRESH = withoutWeights({ n: 40, m: STREAM.size, d: 4 }, 13);

const frozen: Law = {
  title:
    'neurons without output weights move as those whose w1 = 1 stays, with rates, decay, momentum and streams, too',
  async holds(open) {
    const ways: readonly Partial<Problem>[] = [
      { integrator: 'heun', terms: { rates: [1, 0.7], decay: 0.1, ridge: [0, 0.2] } },
      { terms: { momentum: { beta: 0.8, nesterov: true } }, dt: 0.1 },
    ];
    const { x, y } = firstBatch(STREAM);
    const streaming: Partial<Problem> = { x, y, m: STREAM.size, stream: STREAM, dt: 0.1 };
    for (const drawn of [...UNIT.slice(1), FRESH]) {
      const { theta } = drawn;
      const weighted: Drawn = {
        ...drawn,
        weights: 1,
        features: 'inner-product',
        theta: theta.map((row) => [1, ...row]),
      };
      for (const more of drawn === FRESH ? [streaming] : ways) {
        const own = featuresProblem(drawn, more);
        const [, rate] = more.terms?.rates ?? [1, 1];
        const terms = { ...more.terms, rates: [0, rate] } as const;
        const want = await withEngine(open, featuresProblem(weighted, { ...more, terms }), async (engine) => {
          await engine.advance(20);
          return { theta: await engine.theta(), f: await engine.f(), means: await engine.observables() };
        });
        await withEngine(open, own, async (engine) => {
          await engine.advance(20);
          const size = 100 * EPSILON[engine.info.precision];
          const inner = want.theta.filter((_, i) => i % (own.d + 1) > 0);
          expectClose('w0', await engine.theta(), inner, size);
          expectClose('f', await engine.f(), want.f, size);
          const means = await engine.observables();
          expectEqual('names', Object.keys(means), ['mean |w0|²']);
          expectClose('means', Object.values(means), [want.means['mean |w0|²']!], 10 * size);
          const sample = await engine.sample(16);
          expectEqual('sample', [sample.weights, sample.theta.length], [0, own.d * sample.n]);
        });
      }
    }
  },
};

export const FEATURE_LAWS: readonly Law[] = [oracle, places, bits, copies, replicas, frozen];
