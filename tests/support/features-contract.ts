/** What engine-contract.ts holds engines to, with feature maps other than φ(⟨w0, x⟩). */
import { EPSILON, expectClose, expectSameBits } from './close.ts';
import { bumps, outputsOf, spikes, trajectoryOf, type MapProblem } from './features-oracle.ts';
import { trajectoryError } from './oracle.ts';
import { flat, generator, matrix, termsOf } from './problems.ts';
import type { Law } from './engine-contract.ts';
import { withEngine } from './with-engine.ts';
import type { Features } from '../../src/core/features.ts';
import type { Problem } from '../../src/engines/engine.ts';

/** docs/model.md, Errors of a method: max |Δθ| over rms θ after 40 steps. */
const TRAJECTORY = { float64: 1e-9, float32: 1.5e-5 } as const;

interface Sizes {
  readonly n: number;
  readonly m: number;
  readonly c: number;
  readonly d: number;
}

interface Drawn extends MapProblem {
  readonly features: Features;
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
    features: { translate: { order: 3, metric: 0.02 } },
    x: round(Array.from({ length: m }, part)),
    y: round(matrix(m, c, next)),
    theta: round(w1.map((row) => [...row, ...part()])),
    dt: 0.05,
    period: 1,
  };
}

const DRAWN = [
  onCircle({ n: 65, m: 21, c: 1, d: 1 }, 6),
  onCircle({ n: 40, m: 9, c: 3, d: 1 }, 7),
  onCircle({ n: 33, m: 35, c: 17, d: 1 }, 8),

  onSpheres({ n: 65, m: 21, c: 1, d: 3 }, 1),
  onSpheres({ n: 40, m: 9, c: 3, d: 2 }, 2),
  onSpheres({ n: 33, m: 35, c: 2, d: 19 }, 3),
];

export function featuresProblem({ features, x, y, theta, dt }: Drawn, more: Partial<Problem> = {}): Problem {
  return {
    n: theta.length,
    m: x.length,
    c: y[0].length,
    d: x[0].length,
    x: flat(x),
    y: flat(y),
    theta: flat(theta),
    activation: 'linear',
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
    for (const drawn of DRAWN) {
      const c = drawn.y[0].length;
      for (const more of [{ terms: noise }, { integrator: 'heun' }, { integrator: 'rk4' }] as const) {
        await withEngine(open, featuresProblem(drawn, more), async (engine) => {
          await engine.advance(5);
          const theta = Array.from(await engine.theta());
          const width = drawn.theta[0].length;
          for (let row = 0; row < theta.length; row += width) {
            const w0 = theta.slice(row + c, row + width);
            if (!isPlaced(drawn, w0, EPSILON[engine.info.precision]))
              throw new Error(`${nameOf(drawn)}: w0 = ${w0.join(', ')}`);
          }
        });
      }
    }
  },
};

const bits: Law = {
  title: 'with other feature maps a restored run, and one step at a time, give the bits of one call',
  async holds(open) {
    for (const drawn of DRAWN) {
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
    for (const drawn of DRAWN) {
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
    for (const drawn of DRAWN) {
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

export const FEATURE_LAWS: readonly Law[] = [oracle, places, bits, copies, replicas];
