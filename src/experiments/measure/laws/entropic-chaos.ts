/**
 * Entropic propagation of chaos (Lacker 2021) where every law is Gaussian: φ linear, w0 frozen at one point, w1 normal.
 * Then w1_j(t) = w1_j(0) − (1 − q) (mean of w1(0)) + a number, so that k particles are Gaussian with the
 * covariance s² (1 − (a/n) 1 1ᵀ), a = 1 − q² (docs/model.md, fact 20).
 */
import type { Config } from '../../../core/config/config.ts';
import { completeLaw } from '../../../core/laws.ts';
import { preactivation } from '../../../core/model.ts';
import { SecondMoments } from '../../../core/analysis/second-moments.ts';
import { mean, meanOf, NORMAL_95 } from '../../../core/analysis/statistics.ts';
import { shapeOf, type Shape } from '../../../core/shape.ts';
import type { Problem, Theta } from '../../../engines/engine.ts';
import { advance, difference, overReplicas, particles, problemOf, thetasOf } from '../ensemble.ts';
import {
  FEWEST_LEVELS,
  TOLERANCE,
  type Check,
  type Context,
  type Measured,
  type Measurement,
  type Series,
} from '../measurement.ts';
import { sharedDraws } from '../reference.ts';
import {
  euler,
  innerProduct,
  linear,
  meanField,
  ownDraws,
  squared,
  type Requirement,
} from '../requirements.ts';

const DEFAULT = { w1: { law: 'normal', std: 1 }, w0: { law: 'dirac', at: 1 } } as const;

const gaussian: Requirement = ({ initial: { w1, w0, bias, joint, antithetic }, dynamics }) => {
  const isNormal = w1?.law === 'normal' && (w1.std ?? 1) > 0;
  const isPoint = [w0, bias].every((law) => law === undefined || law.law === 'dirac');
  if (!isNormal || !isPoint || joint || antithetic)
    return `initial: this law is Gaussian where w1 is normal and w0 one point: give ${JSON.stringify(DEFAULT)}`;
  const { rates, temperature, decay, penalty, momentum, schedule, batch, stream } = dynamics;
  if (rates.w0 !== 0)
    return `dynamics.rates.w0 = ${rates.w0}: this law is Gaussian where w0 stands still, give 0`;
  return temperature === 0 && decay === 0 && ![penalty, momentum, schedule, batch, stream].some(Boolean)
    ? null
    : 'dynamics has noise, decay, penalties, momentum, batches or a schedule, and this law is about the plain flow of w1: leave them out';
};

/** Numbers of particles whose joint law is compared with the limit's product: in the rates in n, and those in k. */
const TUPLES = [1, 2, 4];
const KS = [1, 2, 3, 4, 6, 8];
/** Distinct particles of the control. */
const DISTINCT = 16;
const STANDARD_ERRORS = 4;
const enough: Requirement = (_, widths) =>
  widths[0] >= 4 * KS.at(-1)!
    ? null
    : `width ${widths[0]}: the joint law of ${KS.at(-1)} particles is compared, give widths of ${4 * KS.at(-1)!} and more`;

/** Of one replica, in units of s²: what its second moments about the limit's mean have beyond those of copies of the limit. */
interface Excess {
  /** (1/n) Σ_i z_i². */
  readonly one: number;
  /** The mean of z_i z_j over pairs i ≠ j. */
  readonly pair: number;
}

function momentsOf(theta: Theta, { w1, width }: Shape, centre: number): Excess {
  const n = theta.length / width;
  let [sum, squares] = [0, 0];
  for (let row = w1; row < theta.length; row += width) {
    const z = theta[row] - centre;
    sum += z;
    squares += z * z;
  }
  return { one: squares / n, pair: (sum * sum - squares) / (n * (n - 1)) };
}

/** Of each replica of n particles: their copies have the same draws, so that most of the sampling noise is in both. */
async function excesses(context: Context, n: number, path: Float64Array): Promise<Excess[]> {
  const { config, replicas, spoiled } = context;
  const { mean: start, std } = completeLaw(config.initial.w1!) as { mean: number; std: number };
  const draw = { config, n, replicas, ...(spoiled && { alter: sharedDraws(DISTINCT) }) };
  return overReplicas(context, draw, async (engine) => {
    const { problem } = engine;
    const shape = shapeOf(problem);
    await advance(context, engine, config.dynamics.steps);
    const own = await thetasOf(engine);
    await engine.restore(problem.theta, 0);
    await advance(context, engine, config.dynamics.steps, path);
    const copies = await thetasOf(engine);
    // the limit moves every w1 by the same
    const centre = start + copies[0][shape.w1] - problem.theta[shape.w1];
    return own.map((theta, k) => {
      const [p, q] = [theta, copies[k]].map((one) => momentsOf(one, shape, centre));
      return { one: (p.one - q.one) / std ** 2, pair: (p.pair - q.pair) / std ** 2 };
    });
  });
}

/** H = ½ [(k − 1) h(λ1) + h(λ2)], h(λ) = λ − 1 − ln λ, by the eigenvalues of k particles' covariance; a value a replica. */
function entropies(found: readonly Excess[], k: number): number[] {
  const [V, C] = [mean(found.map(({ one }) => one)), mean(found.map(({ pair }) => pair))];
  const [apart, along] = [1 + V - C, 1 + V + (k - 1) * C];
  const h = (λ: number): number => λ - 1 - Math.log(λ);
  const slope = (λ: number): number => (1 - 1 / λ) / 2;
  const H = ((k - 1) * h(apart) + h(along)) / 2;
  // to first order the influence of a replica on H
  return found.map(
    ({ one, pair }) =>
      H + (k - 1) * slope(apart) * (one - V - (pair - C)) + slope(along) * (one - V + (k - 1) * (pair - C)),
  );
}

/** r [steps, m] along the limit, and a = 1 − q² of fact 20. */
function limitOf(problem: Problem, { initial, dynamics: { dt, steps } }: Config) {
  const { m, d, x, y, theta } = problem;
  const moments = new SecondMoments(problem, initial, problem.terms);
  const path = new Float64Array(steps * m);
  for (let k = 0; k < steps; k++) {
    path.set(difference(moments.outputs(), y), k * m);
    moments.step(dt);
  }
  const { w0 } = shapeOf(problem);
  let square = 0;
  for (let a = 0; a < m; a++) square += preactivation(theta, w0, x, a * d, d) ** 2 / m;
  const rate = problem.terms?.rates?.[0] ?? 1;
  return { path, a: 1 - (1 - dt * rate * square) ** (2 * steps) };
}

async function run(context: Context): Promise<Measured> {
  const { config, widths, replicas, files } = context;
  context.expect(particles(widths, replicas));
  const { path, a } = limitOf(await problemOf({ config, n: 1, replicas: 1 }, files), config);
  const found: Excess[][] = [];
  for (const n of widths) found.push(await excesses(context, n, path));
  const rate = (name: string, abscissa: string, expected: number, levels: Series['levels']): Series => ({
    name,
    abscissa,
    expected,
    tolerance: TOLERANCE.rate,
    levels,
  });
  const last = widths.at(-1)!;
  return {
    series: [
      ...TUPLES.map((k) =>
        rate(
          `H(law of ${k} | ρ^⊗${k})`,
          'n',
          -2,
          widths.map((n, i) => ({ n, x: n, values: entropies(found[i], k) })),
        ),
      ),
      rate(
        `H(law of k | ρ^⊗k), n = ${last}`,
        'k',
        2,
        KS.map((k) => ({ n: last, x: k, values: entropies(found.at(-1)!, k) })),
      ),
    ],
    checks: KS.map((k) => known(k, widths[0], a, entropies(found[0], k))),
  };
}

/** H at the least n, where the logarithm shows, over its closed form. */
function known(k: number, n: number, a: number, values: readonly number[]): Check {
  const u = (a * k) / n;
  const { value, high } = meanOf(values);
  const closed = (-u - Math.log(1 - u)) / 2;
  return {
    name: `H(law of ${k} | ρ^⊗${k}) over its closed form, n = ${n}`,
    value: value / closed,
    expected: 1,
    tolerance: (STANDARD_ERRORS * (high - value)) / NORMAL_95 / closed,
    theory: `½ [−ak/n − ln(1 − ak/n)] = ${closed.toPrecision(4)} with a = ${a.toPrecision(4)}`,
  };
}

export const ENTROPIC_CHAOS: Measurement = {
  summary:
    'Relative entropy of the law of k particles to k independent ones of the limit, where both are Gaussian: against n for 1, 2 and 4 of them, against k from 1 to 8, and over its closed form.',
  law: 'H(law(θ_1..θ_k) | ρ^⊗k) = Θ((k/n)²): for linear φ, w0 at rest in one point and normal w1 it is ½ [−ak/n − ln(1 − ak/n)] with a known a (docs/model.md, fact 20; Lacker 2021)',
  defaults: {
    config: {
      data: { inline: { x: [[-1.5], [-0.5], [0.5], [1.5]], y: [-1.3, -0.5, 0.4, 1.4] } },
      model: { activation: 'linear', bias: false },
      initial: DEFAULT,
      dynamics: { dt: 0.2, steps: 5, rates: { w0: 0 } },
      method: 'direct',
    },
    widths: [32, 64, 128, 256, 512],
    replicas: 4096,
  },
  fewestWidths: FEWEST_LEVELS,
  requires: [ownDraws, linear, innerProduct, squared, euler, meanField, gaussian, enough],
  control: { summary: `draws shared in blocks of n/${DISTINCT}: the entropy does not fall` },
  run,
};
