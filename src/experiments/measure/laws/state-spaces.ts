/** One run in three state spaces: θ, the neurons (w1, h, g), and f alone. */
import { formOf } from '../../../core/activations/parametric.ts';
import { LOSSES } from '../../../core/objective/losses.ts';
import { gram } from '../../../core/features/kernel.ts';
import { preactivation, residual } from '../../../core/model.ts';
import { shapeOf } from '../../../core/shape.ts';
import type { Parameterization } from '../../../core/parameterizations.ts';
import type { Engine, Problem } from '../../../engines/engine.ts';
import { advance, difference, outputsOf, overReplicas, particles, rms, thetasOf } from '../ensemble.ts';
import { exponentsOf, isPaired, nameOf, outputAndRate, paired } from './exponents.ts';
import { driftRate } from './kernel.ts';
import {
  FEWEST_LEVELS,
  TOLERANCE,
  type Check,
  type Context,
  type Measured,
  type Measurement,
  type Series,
} from '../measurement.ts';
import { misprinted } from '../misprint.ts';
import { euler, evenWidths, noNoise, ownDraws, smooth, squared, innerProduct } from '../requirements.ts';
import { EPSILON } from '../rounding.ts';
import { SOON } from './soon.ts';

/** A system as its neurons see it: w1 [n], h [n, m]; θ enters at the start alone. */
export class Neurons {
  private readonly w1: Float64Array;
  private readonly h: Float64Array;
  private readonly Φ0: Float64Array;
  private readonly g: Float64Array;
  private readonly value: Float64Array;
  f: Float64Array;

  constructor(
    theta: ArrayLike<number>,
    private readonly problem: Problem,
  ) {
    const { n, m, d, x } = problem;
    const { w1, w0, width } = shapeOf(problem);
    this.w1 = Float64Array.from({ length: n }, (_, j) => theta[j * width + w1]);
    this.h = Float64Array.from({ length: n * m }, (_, i) =>
      preactivation(theta, Math.floor(i / m) * width + w0, x, (i % m) * d, d),
    );
    this.Φ0 = gram(x, m, d);
    [this.g, this.value] = [new Float64Array(n * m), new Float64Array(n * m)];
    this.f = this.look();
  }

  /** φ(h) and g = w1 φ′(h); returns f. */
  private look(): Float64Array {
    const { n, m, outer, activation } = this.problem;
    const { both } = formOf(activation);
    const pair = new Float64Array(2);
    const f = new Float64Array(m);
    for (let j = 0, i = 0; j < n; j++)
      for (let a = 0; a < m; a++, i++) {
        both(pair, this.h[i]);
        this.value[i] = pair[0];
        this.g[i] = this.w1[j] * pair[1];
        f[a] += this.w1[j] * pair[0];
      }
    return f.map((sum) => outer * sum);
  }

  /**
   * Δh_j^α = −(dt/m) speed Σ_β r^β Φ_0^{αβ} g_j^β, Δw1_j = −(dt/m) speed Σ_β r^β φ(h_j^β): exact, since h is
   * linear in w0.
   */
  step(): void {
    const { n, m, y, dt, speed, loss } = this.problem;
    const r = new Float64Array(m);
    const rate = (dt * speed) / m;
    residual(r, this.f, y, LOSSES[loss]);
    for (let j = 0; j < n; j++) {
      for (let b = 0; b < m; b++) {
        this.w1[j] -= rate * r[b] * this.value[j * m + b];
        const push = rate * r[b] * this.g[j * m + b];
        for (let a = 0; a < m; a++) this.h[j * m + a] -= push * this.Φ0[a * m + b];
      }
    }
    this.f = this.look();
  }

  /** n^κ K, from (w1, h) alone. */
  kernel(): Float64Array {
    const { n, m, outer, speed } = this.problem;
    const K = new Float64Array(m * m);
    for (let j = 0; j < n; j++)
      for (let a = 0; a < m; a++)
        for (let b = 0; b < m; b++) {
          K[a * m + b] +=
            this.value[j * m + a] * this.value[j * m + b] +
            this.g[j * m + a] * this.g[j * m + b] * this.Φ0[a * m + b];
        }
    return K.map((entry) => outer * speed * entry);
  }
}

/** f ← f − (dt/m) K r. */
function outputStep(f: Float64Array, K: Float64Array, { y, m, loss }: Problem, dt: number): Float64Array {
  const r = new Float64Array(m);
  residual(r, f, y, LOSSES[loss]);
  return f.map((value, a) => value - (dt / m) * r.reduce((sum, entry, b) => sum + K[a * m + b] * entry, 0));
}

interface Seen {
  /** Greatest |f of the neurons − f of θ| over steps and samples, over the rms of f. */
  readonly neurons: number;
  /**
   * rms at T of f − f alone, K frozen at its start, over that of f_T − f_0; the same with K taken from the
   * neurons at every step.
   */
  readonly frozen: number;
  readonly moving: number;
}

async function compare(context: Context, engine: Engine, steps: number): Promise<Seen[]> {
  const { problem } = engine;
  const start = await outputsOf(engine);
  const path = [start];
  const systems = (await thetasOf(engine)).map((theta) => new Neurons(theta, problem));
  for (let k = 0; k < steps; k++) {
    await advance(context, engine, 1);
    path.push(await outputsOf(engine));
  }
  return systems.map((neurons, replica) => {
    const K0 = neurons.kernel();
    const end = path[steps][replica];
    const moved = rms(difference(end, start[replica]));
    let apart = 0;
    let frozen = neurons.f;
    let moving = neurons.f;
    for (let k = 1; k <= steps; k++) {
      moving = outputStep(moving, neurons.kernel(), problem, problem.dt);
      frozen = outputStep(frozen, K0, problem, problem.dt);
      neurons.step();
      apart = Math.max(apart, ...difference(neurons.f, path[k][replica]).map(Math.abs));
    }
    return {
      neurons: apart / rms(end),
      frozen: rms(difference(frozen, end)) / moved,
      moving: rms(difference(moving, end)) / moved,
    };
  });
}

const REGIMES: readonly Parameterization[] = ['ntk', { a: 0.75, kappa: 0.5 }, 'mean-field'];
/** How much rounding may grow along the run, in units of the roundoff. */
const GROWTH = 2 ** 12;
/** Numbers of steps on the same time, as multiples of the configuration's. */
const FINER = [1, 1.5, 2, 3, 4];

async function run(context: Context): Promise<Measured> {
  const { config, given, widths, replicas } = context;
  const { steps, dt } = config.dynamics;
  const regimes = given.parameterization === undefined ? REGIMES : [config.parameterization];
  context.expect(
    regimes.length * (particles(widths, replicas) + FINER.length * particles([widths[0]], replicas)),
  );
  const series: Series[] = [];
  const checks: Check[] = [];
  for (const parameterization of regimes) {
    const { a, kappa } = exponentsOf(parameterization)!;
    const name = nameOf(parameterization);
    const own = paired(config, parameterization, isPaired(given));
    const found: Seen[][] = [];
    const finer: Seen[][] = [];
    let precision: keyof typeof EPSILON = 'float64';
    const ask = (n: number, count: number) =>
      overReplicas(
        context,
        { config: { ...own, dynamics: { ...own.dynamics, dt: (steps * dt) / count } }, n, replicas },
        (engine) => {
          precision = engine.info.precision;
          return compare(context, engine, count);
        },
      );
    for (const n of widths) found.push(await ask(n, steps));
    const counts = FINER.map((factor) => Math.round(factor * steps));
    for (const count of counts) finer.push(await ask(widths[0], count));
    series.push(
      {
        name: `f alone, K frozen, ${name}`,
        abscissa: 'n',
        ...driftRate({ a, kappa }, isPaired(given)),
        tolerance: TOLERANCE.rate,
        levels: widths.map((n, i) => ({ n, x: n, values: found[i].map(({ frozen }) => frozen) })),
      },
      {
        name: `f with K_t, ${name}, n = ${widths[0]}`,
        abscissa: 'dt',
        expected: 1,
        tolerance: TOLERANCE.rate,
        levels: counts.map((count, i) => ({
          n: widths[0],
          x: (steps * dt) / count,
          values: finer[i].map(({ moving }) => moving),
        })),
      },
    );
    checks.push({
      name: `neurons beside θ, ${name}`,
      value: Math.max(...found.flat().map(({ neurons }) => neurons)),
      expected: 0,
      tolerance: GROWTH * EPSILON[precision],
    });
  }
  return { series, checks };
}

export const STATE_SPACES: Measurement = {
  summary:
    'The same run in θ, in the neurons (w1, h, g) and in f alone: equal to rounding, and off by what K moves.',
  law: 'Δh_j^α = −(η0/m) n^(κ−a) Σ_β r^β ⟨x^α,x^β⟩ g_j^β exactly; f alone, Δf = −(η0/m) n^κ K r, closes where K is frozen: its error falls like K’s drift, n^(2(κ−a)) of pairs (w1, w0), (−w1, w0) and n^max(2(κ−a), κ−a−1/2) of independent draws, and with K_t like dt (docs/model.md, Notation, Dynamics and Tangent kernel)',
  defaults: {
    config: {
      ...SOON,
      initial: { w1: { law: 'uniform', low: -1.7320508, high: 1.7320508 } },
      dynamics: { dt: 0.5, steps: 24 },
    },
    widths: [256, 512, 1024, 2048, 4096],
    replicas: 64,
  },
  fewestWidths: FEWEST_LEVELS,
  requires: [ownDraws, noNoise, euler, evenWidths, outputAndRate, smooth, squared, innerProduct],
  control: {
    summary: 'the lecture notes’ misprint in the w0 equation of θ, while the neurons move by the model',
    open: misprinted,
  },
  run,
};
