/**
 * The tangent kernel along a run: how far it drifts, part by part, and how far the linearised dynamics stays
 * beside the real one.
 */
import { formOf } from '../../../core/activations/parametric.ts';
import type { Config } from '../../../core/config/config.ts';
import { linearFlow, product, spectrumOf } from '../../../core/analysis/linear.ts';
import { gram } from '../../../core/features/kernel.ts';
import { preactivation } from '../../../core/model.ts';
import { shapeOf } from '../../../core/shape.ts';
import type { Parameterization } from '../../../core/parameterizations.ts';
import type { Engine, Problem } from '../../../engines/engine.ts';
import { advance, difference, outputsOf, overReplicas, particles, rms, thetasOf } from '../ensemble.ts';
import { exponentsOf, isPaired, nameOf, outputAndRate, paired, type Exponents } from './exponents.ts';
import {
  FEWEST_LEVELS,
  TOLERANCE,
  type Context,
  type Measured,
  type Measurement,
  type Series,
} from '../measurement.ts';
import { misprinted } from '../misprint.ts';
import { SOON, UNTIL_LEARNED } from './soon.ts';
import { euler, evenWidths, noNoise, ownDraws, smooth, squared, innerProduct } from '../requirements.ts';

export interface Kernel {
  /** n^κ K [m, m] and its two parts: n^κ n^(1−2a) Φ_1 and n^κ n^(1−2a) Φ_0 ∘ G_1. */
  readonly K: Float64Array;
  readonly Φ: Float64Array;
  readonly G: Float64Array;
}

/** The effective kernel of one system: Δf ≈ −(dt/m) n^κ K r. n^κ is speed/outer. */
export function kernelOf(theta: ArrayLike<number>, problem: Problem): Kernel {
  const { x, m, d, outer, speed, activation } = problem;
  const { w0, width } = shapeOf(problem);
  const { both } = formOf(activation);
  const pair = new Float64Array(2);
  const Φ = new Float64Array(m * m);
  const G = new Float64Array(m * m);
  const value = new Float64Array(m);
  const g = new Float64Array(m);
  for (let row = 0; row < theta.length; row += width) {
    for (let a = 0; a < m; a++) {
      both(pair, preactivation(theta, row + w0, x, a * d, d));
      value[a] = pair[0];
      g[a] = theta[row] * pair[1];
    }
    for (let i = 0, at = 0; i < m; i++)
      for (let k = 0; k < m; k++, at++) {
        Φ[at] += value[i] * value[k];
        G[at] += g[i] * g[k];
      }
  }
  const Φ0 = gram(x, m, d);
  for (let at = 0; at < m * m; at++) {
    Φ[at] *= outer * speed;
    G[at] *= outer * speed * Φ0[at];
  }
  return { K: Φ.map((entry, at) => entry + G[at]), Φ, G };
}

export const drifted = (from: Float64Array, to: Float64Array, whole = from): number => {
  const step = difference(to, from);
  return Math.sqrt(product(step, step) / product(whole, whole));
};

interface Seen {
  readonly drifts: readonly number[];
  readonly apart: number;
  readonly angle: number;
  readonly start: readonly number[];
  readonly end: readonly number[];
}

/** Everything of one replica, from its kernels at 0 and T and its f at both. */
function compare(
  start: Kernel,
  end: Kernel,
  f0: Float64Array,
  f: Float64Array,
  { y, m }: Problem,
  { dt, steps }: Config['dynamics'],
): Seen {
  const first = spectrumOf(start.K);
  const linear = linearFlow(first, f0, y, (eigenvalue) => (1 - (dt * eigenvalue) / m) ** steps);
  return {
    drifts: [drifted(start.K, end.K), drifted(start.Φ, end.Φ), drifted(start.G, end.G)],
    apart: rms(difference(f, linear)) / rms(difference(f, f0)),
    angle: 1 - product(start.K, end.K) / Math.sqrt(product(start.K, start.K) * product(end.K, end.K)),
    start: first.values,
    end: spectrumOf(end.K).values,
  };
}

async function story(context: Context, engine: Engine): Promise<Seen[]> {
  const { problem } = engine;
  const { dynamics } = context.config;
  const start = (await thetasOf(engine)).map((theta) => kernelOf(theta, problem));
  const before = await outputsOf(engine);
  await advance(context, engine, dynamics.steps);
  const after = await outputsOf(engine);
  return (await thetasOf(engine)).map((theta, k) =>
    compare(start[k], kernelOf(theta, problem), before[k], after[k], problem, dynamics),
  );
}

/** Powers of n that are no longer much at the widths of a measurement begin there. */
const LITTLE = 1 / 2;

/**
 * Of the drift of K in a fixed time: the second moments' share n^(2(κ−a)) and, where w1 is independent and symmetric, that of the
 * first, of which n random signs are left. Pairs (w1, w0), (−w1, w0) have none left: each pair cancels it. Where κ < 2a − 1, f
 * moves by n^(κ−2a+1): until that is little, a wider system keeps more of its residual, and drifts fall more slowly.
 */
export function driftRate({ a, kappa }: Exponents, antithetic: boolean): Pick<Series, 'expected' | 'caveat'> {
  const expected = antithetic ? 2 * (kappa - a) : Math.max(2 * (kappa - a), kappa - a - 1 / 2);
  const power = +(kappa - 2 * a + 1).toPrecision(6);
  if (power >= 0 || power <= -LITTLE) return { expected };
  return {
    expected,
    caveat: `f moves by n^${power}, which is not little at these widths, and residuals with it: the rate is that of far larger ones`,
  };
}

const REGIMES: readonly Parameterization[] = ['ntk', { a: 0.75, kappa: 0.5 }, 'mean-field'];
const DRIFTS = ['drift of K', 'drift of its part Φ', 'drift of its part G'];

async function run(context: Context): Promise<Measured> {
  const { config, given, widths, replicas } = context;
  const regimes = given.parameterization === undefined ? REGIMES : [config.parameterization];
  context.expect(regimes.length * particles(widths, replicas));
  const series: Series[] = [];
  const seen: NonNullable<Measured['seen']>[number][] = [];
  for (const parameterization of regimes) {
    const { a, kappa } = exponentsOf(parameterization)!;
    const name = nameOf(parameterization);
    const found: Seen[][] = [];
    for (const n of widths)
      found.push(
        await overReplicas(
          context,
          { config: paired(config, parameterization, isPaired(given)), n, replicas },
          (engine) => story(context, engine),
        ),
      );
    const rate = (what: string, pick: (one: Seen) => number): Series => ({
      name: `${what}, ${name}`,
      abscissa: 'n',
      ...driftRate({ a, kappa }, isPaired(given)),
      tolerance: TOLERANCE.rate,
      levels: widths.map((n, i) => ({ n, x: n, values: found[i].map(pick) })),
    });
    series.push(
      ...DRIFTS.map((what, i) => rate(what, ({ drifts }) => drifts[i])),
      rate('linearised f beside f', ({ apart }) => apart),
    );
    seen.push(
      ...widths.map((n, i) => ({
        parameterization: name,
        n,
        angle: mean(found[i].map(({ angle }) => angle)),
        spectrumAtStart: means(found[i].map(({ start }) => start)),
        spectrumAtEnd: means(found[i].map(({ end }) => end)),
      })),
    );
  }
  return { series, checks: [], seen };
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
const means = (rows: readonly (readonly number[])[]): number[] =>
  rows[0].map((_, k) => mean(rows.map((row) => row[k])));

export const KERNEL: Measurement = {
  summary:
    'Drift of the tangent kernel and of its parts along a run, and of the linearised dynamics from the real one, against n; its spectrum at both ends.',
  law: '‖K_t − K_0‖/‖K_0‖ = Θ(n^(2(κ−a))) of pairs (w1, w0), (−w1, w0), as they are drawn here, and Θ(n^max(2(κ−a), κ−a−1/2)) of independent draws ("antithetic": false): n^(−1) in ntk, n^0 in mean-field; with K frozen f_t = y + exp(−n^κ K_0 t/m)(f_0 − y) (docs/model.md, Tangent kernel)',
  defaults: {
    config: {
      ...SOON,
      initial: { w1: { law: 'uniform', low: -1.7320508, high: 1.7320508 } },
      dynamics: UNTIL_LEARNED,
    },
    widths: [256, 512, 1024, 2048, 4096],
    replicas: 64,
  },
  fewestWidths: FEWEST_LEVELS,
  requires: [ownDraws, noNoise, euler, evenWidths, outputAndRate, smooth, squared, innerProduct],
  control: {
    summary: 'the lecture notes’ misprint in the w0 equation: K drifts like n^(−1/2) in ntk',
    open: misprinted,
  },
  run,
};
