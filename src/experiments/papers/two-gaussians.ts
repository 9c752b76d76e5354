/** What the experiments of Mei, Montanari, Nguyen 2018 on two Gaussians have in common, and the theory of each. */
import { averagedFor, RadialFlow, radiiOf, type Averaged } from '../../core/analysis/radial.ts';
import { rungeKutta } from '../../core/analysis/ode.ts';
import type { Activation } from '../../core/activations/activations.ts';
import { formOf } from '../../core/activations/parametric.ts';
import { ConfigError, type Config } from '../../core/config/config.ts';
import { DATASETS } from '../../core/datasets.ts';
import { memberOf } from '../../core/generators/dataset.ts';
import { lengthOf } from '../../core/length.ts';
import { mean } from '../../core/analysis/statistics.ts';
import type { Engine } from '../../engines/engine.ts';
import type { Held } from '../run.ts';
import type { Citation } from './paper.ts';

export const MEI_MONTANARI_NGUYEN: Citation = {
  authors: 'Mei, Montanari, Nguyen',
  year: 2018,
  title: 'A mean field view of the landscape of two-layer neural networks',
  url: 'https://arxiv.org/abs/1804.06561',
};

/** Radii that stand for the law of |w0|, and no radius grows beyond this. */
const RADII = 300;
const MOST = 16;
/** Steps of the classical Runge–Kutta method in a unit of the flow's time, and at least so many. */
const PER_TIME = 100;
const FEWEST = 2;

/** The reduced dynamics of a configuration: the law of r = |w0| in the limit n → ∞. */
export class Reduced {
  readonly flow: RadialFlow;
  readonly dimension: number;
  readonly delta: number;
  /** θ' is so many times the flow of half the square. */
  readonly rate: number;
  /** Φ, which is of no one δ. */
  readonly averaged: Averaged;
  readonly activation: Activation;
  radii: Float64Array;
  private t = 0;

  /** `averaged`: of another start of the same network, which makes it once. */
  constructor({ data, model, initial, dynamics }: Config, averaged?: Averaged) {
    if (!('dataset' in data) || data.dataset !== 'two-gaussians')
      throw new ConfigError(
        `data = ${JSON.stringify(data)}: the reduced dynamics is that of { "dataset": "two-gaussians" }, give it`,
      );
    const { dimension, parameters } = memberOf(DATASETS[data.dataset], data);
    if (model.features !== 'unit' || model.activation === undefined || model.bias || model.loss !== 'squared')
      throw new ConfigError(
        'model: the reduced dynamics is that of features "unit" without bias and the squared loss, give these',
      );
    const { w0, bias } = initial;
    if (w0?.law !== 'normal' || w0.mean !== 0 || bias)
      throw new ConfigError(
        `initial.w0 = ${JSON.stringify(w0)}: the reduced dynamics starts from an isotropic law, give normal with mean 0`,
      );
    this.dimension = dimension;
    this.delta = Number(parameters.delta);
    this.rate = dynamics.rates.w0;
    this.activation = formOf(model.activation);
    this.averaged = averaged ?? averagedFor(this.activation, dimension, MOST);
    this.flow = new RadialFlow(this.averaged, this);
    this.radii = radiiOf(dimension, w0.std, RADII);
  }

  /** Goes on to the time t; the risk there. */
  reach(t: number): number {
    const time = this.rate * (t - this.t);
    const steps = Math.max(FEWEST, Math.ceil(PER_TIME * time));
    if (time > 0) this.radii = rungeKutta(this.radii, this.flow.slope, time, steps);
    this.t = t;
    return this.flow.risk(this.radii);
  }

  /** f at rows of inputs. */
  outputs(x: Float64Array): Float64Array {
    const { dimension } = this;
    return Float64Array.from({ length: x.length / dimension }, (_, i) =>
      this.flow.output(this.radii, lengthOf(x.subarray(i * dimension, (i + 1) * dimension))),
    );
  }
}

/** E (f − y)² of a network, as it is at rows held out. */
export async function sampledRisk(engine: Engine, { x, y }: Held): Promise<number> {
  const f = await engine.predict(x);
  return mean(Array.from(y, (value, i) => (f[i] - value) ** 2));
}

/**
 * The same as theory's and the mean difference from it at the rows held out: both make nearly the same errors there, so
 * that few rows are enough.
 */
export async function riskBeside(
  engine: Engine,
  { x, y }: Held,
  reduced: Pick<Reduced, 'outputs'>,
  theory: number,
): Promise<number> {
  const f = await engine.predict(x);
  const limit = reduced.outputs(x);
  return theory + mean(Array.from(y, (value, i) => (f[i] - value) ** 2 - (limit[i] - value) ** 2));
}

/** Lengths of rows [d]. */
export const radiiIn = (theta: ArrayLike<number>, d: number): Float64Array =>
  Float64Array.from({ length: theta.length / d }, (_, j) =>
    lengthOf(Array.from({ length: d }, (__, k) => theta[j * d + k])),
  );
