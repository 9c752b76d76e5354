/** Mei, Montanari, Nguyen 2018, section 3.2: a configuration whose coordinates come in two blocks, and its reduced dynamics. */
import { rungeKutta } from '../../core/analysis/ode.ts';
import { neuronsOf, TwoLengths, type TwoLengthsProblem } from '../../core/analysis/two-lengths.ts';
import { ConfigError, type Config } from '../../core/config/config.ts';
import { DATASETS } from '../../core/datasets.ts';
import { memberOf } from '../../core/generators/dataset.ts';
import { lengthOf } from '../../core/length.ts';

/** Steps of the reduced dynamics in a unit of the flow's time; radii in either block that stand for the law of each. */
const PER_TIME = 25;
const RADII = 3;

export interface Setting {
  readonly config: Config;
  readonly of: TwoLengthsProblem;
  readonly start: { readonly a: number; readonly b: number; readonly std: number };
}

export function settingOf(config: Config): Setting {
  const { data, model, initial, dynamics } = config;
  if (!('dataset' in data) || data.dataset !== 'anisotropic-gaussians')
    throw new ConfigError(
      `data = ${JSON.stringify(data)}: the reduced dynamics is that of { "dataset": "anisotropic-gaussians" }, give it`,
    );
  const { dimension, parameters } = memberOf(DATASETS[data.dataset], data);
  const [special, delta] = [Number(parameters.s0), Number(parameters.delta)];
  if (special >= dimension)
    throw new ConfigError(
      `data.parameters.s0 = ${special} is all of data.dimension = ${dimension}: r2 has no coordinates, give fewer`,
    );
  if (model.activation !== 'relu' || !model.bias || model.loss !== 'squared')
    throw new ConfigError(
      'model: the reduced dynamics is that of relu with bias and the squared loss, give these',
    );
  const { w1, w0, bias } = initial;
  if (w0?.law !== 'normal' || w0.mean !== 0 || w1?.law !== 'dirac' || bias?.law !== 'dirac')
    throw new ConfigError(
      'initial: the reduced dynamics starts from w0 normal with mean 0 and from w1 and bias dirac, give these',
    );
  if (dynamics.rates.w1 !== dynamics.rates.w0)
    throw new ConfigError('dynamics.rates: the reduced dynamics has one for both layers, give the same number');
  return {
    config,
    of: { dimension, special, delta },
    start: { a: Number(w1.at), b: Number(bias.at), std: w0.std },
  };
}

/** The same with so many times fewer coordinates and weights of the same length. */
export function smaller({ config, of, start }: Setting, fewer: number): Setting {
  const { data, initial } = config;
  const dimension = Math.round(of.dimension / fewer);
  const special = Math.max(1, Math.round(of.special / fewer));
  const std = start.std * Math.sqrt(of.dimension / dimension);
  return {
    config: {
      ...config,
      data: { ...data, dimension, parameters: { delta: of.delta, s0: special } } as Config['data'],
      initial: { ...initial, w0: { law: 'normal', mean: 0, std } },
    },
    of: { ...of, dimension, special },
    start: { ...start, std },
  };
}

/** A network as it is at a time: its risk, and means of |w1|, r1 and r2. */
export interface Look {
  readonly t: number;
  readonly risk: number;
  readonly w1: number;
  readonly r1: number;
  readonly r2: number;
}

/** Means over rows of which `at` gives the four numbers. */
export function looked(t: number, risk: number, n: number, at: (j: number) => readonly number[]): Look {
  const sums = [0, 0, 0];
  for (let j = 0; j < n; j++) {
    const [w1, , r1, r2] = at(j);
    [Math.abs(w1), r1, r2].forEach((value, k) => (sums[k] += value / n));
  }
  return { t, risk, w1: sums[0], r1: sums[1], r2: sums[2] };
}

/** The reduced dynamics beside the network, of which it knows the start. */
export class ReducedBlocks {
  private readonly flow: TwoLengths;
  private neurons: Float64Array;
  private t = 0;
  constructor(
    private readonly setting: Setting,
    private readonly rate: number,
  ) {
    this.flow = new TwoLengths(setting.of);
    this.neurons = neuronsOf(setting.of, setting.start, RADII);
  }

  reach(t: number): Look {
    const time = this.rate * (t - this.t);
    if (time > 0) this.neurons = rungeKutta(this.neurons, this.flow.slope, time, Math.ceil(PER_TIME * time));
    this.t = t;
    const { neurons } = this;
    return looked(t, this.flow.risk(neurons), neurons.length / 4, (j) => [
      ...neurons.subarray(4 * j, 4 * j + 4),
    ]);
  }

  /** f at rows of inputs, their bias last. */
  outputs(x: Float64Array): Float64Array {
    const { dimension, special } = this.setting.of;
    const d = dimension + 1;
    return Float64Array.from({ length: x.length / d }, (_, i) => {
      const row = x.subarray(i * d, i * d + dimension);
      const square = (part: Float64Array): number => lengthOf(part) ** 2 / part.length;
      return this.flow.output(this.neurons, square(row.subarray(0, special)), square(row.subarray(special)));
    });
  }
}
