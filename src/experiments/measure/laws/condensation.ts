/**
 * The plane of prefactor n^(−a) and initial deviation n^(−b), for relu without bias (Luo, Xu, Ma, Zhang 2021,
 * "Phase diagram for two-layer ReLU neural networks at infinite-width limit"): γ = a + 2b decides how far the
 * features go in the whole training (the paper has the three regimes, the exponents off γ = 1 are derived below),
 *     RD = |w0(T) − w0(0)| / |w0(0)| = Θ(n^(γ−1)) for γ < 1 (linear), Θ(1) for γ = 1 (critical), Θ(n^((γ−1)/2)) for γ > 1 (condensed).
 * Below 1 the fit asks of each neuron a move of n^(a+b−1), n^(γ−1) of its size. Above, all grow by one factor
 * until n^(1−a) w1 w0 is of the size of y.
 */
import type { Config } from '../../../core/config/config.ts';
import { advance, difference, overReplicas, rms, thetasOf } from '../ensemble.ts';
import { TOLERANCE, type Context, type Series } from '../measurement.ts';

const A = [0.5, 1, 1.5, 2];
const B = [0, 0.25, 0.5];
export const POINTS = A.flatMap((a) => B.map((b) => ({ a, b })));

export const expectedDisplacement = ({ a, b }: (typeof POINTS)[number]): number => {
  const gamma = a + 2 * b;
  return gamma <= 1 ? gamma - 1 : (gamma - 1) / 2;
};

/** A wave of twice the circle's turns and one of one, which relu without bias can learn. */
const DIRECTIONS = 8;
const CIRCLE = Array.from({ length: DIRECTIONS }, (_, k) => (2 * Math.PI * k) / DIRECTIONS);
const DATA: Config['data'] = {
  inline: {
    x: CIRCLE.map((angle) => [Math.cos(angle), Math.sin(angle)]),
    y: CIRCLE.map((angle) => 2 * Math.cos(2 * angle) + Math.cos(angle)),
  },
};

/** The rate n^κ with which f moves in a time of 1 at the end of training, whatever n is; θ' = n^(κ−a) b. */
const configOf = ({ config }: Context, { a, b }: (typeof POINTS)[number]): Config => ({
  ...config,
  data: DATA,
  model: { ...config.model, activation: 'relu', bias: false },
  parameterization: { abc: { a: [0, a], b: [b, b], c: -a - Math.min(0, a + 2 * b - 1) } },
  initial: { ...config.initial, antithetic: true },
  dynamics: { ...config.dynamics, dt: DT },
});
/** Long enough for every point of the plane to have learned. */
const STEPS = 160;
const DT = 0.25;

/** RD of each replica at each width, for each point of the plane. */
export async function displacements(context: Context): Promise<Series[]> {
  const series: Series[] = [];
  for (const point of POINTS) {
    const levels = [];
    for (const n of context.widths) {
      const values = await overReplicas(
        context,
        { config: configOf(context, point), n, replicas: context.replicas },
        async (engine) => {
          const before = (await thetasOf(engine)).map(features);
          await advance(context, engine, STEPS);
          return (await thetasOf(engine)).map(
            (theta, k) => rms(difference(features(theta), before[k])) / rms(before[k]),
          );
        },
      );
      levels.push({ n, x: n, values });
    }
    series.push({
      name: `RD, a = ${point.a}, b = ${point.b}`,
      abscissa: 'n',
      expected: expectedDisplacement(point),
      tolerance: TOLERANCE.rate,
      levels,
    });
  }
  return series;
}

/** w0 [n, 2]. */
const features = (theta: ArrayLike<number>): Float64Array =>
  Float64Array.from({ length: (2 * theta.length) / 3 }, (_, i) => theta[3 * (i >> 1) + 1 + (i & 1)]);
