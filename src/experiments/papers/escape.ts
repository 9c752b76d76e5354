/** Abbe, Boix-Adserà, Misiakiewicz 2023: how long a product of coordinates takes to be found, and a staircase up to it. */
import { ConfigError, type Config } from '../../core/config/config.ts';
import { DATASETS } from '../../core/datasets.ts';
import { memberOf } from '../../core/generators/dataset.ts';
import { meanLoss } from '../../core/model.ts';
import { LOSSES } from '../../core/objective/losses.ts';
import { mean, meanOf } from '../../core/analysis/statistics.ts';
import type { Engine } from '../../engines/engine.ts';
import { advance } from '../measure/ensemble.ts';
import type { Measured } from '../measure/measurement.ts';
import type { Curve } from '../measure/panel.ts';
import type { Paper, Reproduction } from './paper.ts';
import { prepare } from '../prepare.ts';
import { onEngine } from './run.ts';

/** Numbers of inputs, as far as the configuration's. */
const DIMENSIONS = [4, 6, 8, 10, 12];
const SEEDS = 8;
/** What is learned, until this share of its variance is left. */
const TARGETS = { parity: { left: 0.5 }, staircase: { left: 0.05 } } as const;
type Target = keyof typeof TARGETS;
const TOLERANCE = { exponent: 0.15, ratio: 1.5 } as const;

/** Leap of the product, and the deviation of w0's law times √d. */
interface Escape {
  readonly config: Config;
  readonly dimension: number;
  readonly k: number;
  readonly width: number;
}

function escapeOf(config: Config): Escape {
  const { data, initial } = config;
  if (!('dataset' in data) || data.dataset !== 'parity')
    throw new ConfigError(
      `data = ${JSON.stringify(data)}: the time is that of { "dataset": "parity" }, give it`,
    );
  const { dimension, parameters } = memberOf(DATASETS.parity, data);
  if (initial.w0?.law !== 'normal')
    throw new ConfigError(
      `initial.w0 = ${JSON.stringify(initial.w0)}: its deviation goes with 1/√d, give law normal`,
    );
  return { config, dimension, k: Number(parameters.k), width: initial.w0.std * Math.sqrt(dimension) };
}

/** The same of another target in so many inputs, all of whose corners are the samples. */
function memberIn({ config, k, width }: Escape, target: Target, d: number, seed: number): Config {
  const { initial } = config;
  return {
    ...config,
    data: { dataset: target, dimension: d, parameters: { k }, samples: 2 ** d, seed },
    initial: { ...initial, seed, w0: { law: 'normal', mean: 0, std: width / Math.sqrt(d) } },
  };
}

/** The first t at which the loss is not above `goal`, between two steps by a straight line; NaN where it stays above. */
async function timeTo(
  goal: number,
  reproduction: Reproduction,
  engine: Engine,
  steps: number,
): Promise<number> {
  const { dt, n, m } = engine.problem;
  for (let before = engine.loss; engine.step < steps; before = engine.loss) {
    await advance(reproduction, engine, 1);
    reproduction.done(n * m);
    if (engine.loss <= goal) return dt * (engine.step - (goal - engine.loss) / (before - engine.loss));
  }
  return NaN;
}

/** Times of all seeds until the share `left` of a target's variance is left. */
async function timesOf(
  reproduction: Reproduction,
  escape: Escape,
  { target, left, d }: { readonly target: Target; readonly left: number; readonly d: number },
): Promise<number[]> {
  const times: number[] = [];
  for (let k = 0; k < SEEDS; k++) {
    const config = memberIn(escape, target, d, reproduction.seed + 1000 * k);
    const { problem } = await prepare(config, reproduction.files);
    const all = meanLoss(new Float64Array(problem.m), problem.y, LOSSES[problem.loss], 1);
    times.push(
      await onEngine(reproduction, problem, (engine) =>
        timeTo(left * all, reproduction, engine, config.dynamics.steps),
      ),
    );
  }
  return times;
}

/** Times in each number of inputs. */
interface Times {
  readonly d: number;
  readonly times: readonly number[];
}

const curveOf = (name: string, all: readonly Times[]): Curve => ({
  name,
  mark: 'dots',
  points: all.map(({ d, times }) => {
    const { value, low, high } = meanOf(times);
    return { x: d, y: value, low, high };
  }),
});

async function run(reproduction: Reproduction): Promise<Measured> {
  const { config, spoiled } = reproduction;
  const escape = escapeOf(config);
  const dimensions = DIMENSIONS.filter((d) => d <= escape.dimension && d >= escape.k);
  // about as long as they take, in steps of 1/4
  reproduction.expect(SEEDS * config.model.width * dimensions.reduce((sum, d) => sum + 240 * 2 ** d, 0));
  const of = async (role: Target): Promise<Times[]> => {
    // the control: each has the target of the other
    const other = role === 'parity' ? 'staircase' : 'parity';
    const found: Times[] = [];
    for (const d of dimensions)
      found.push({
        d,
        times: await timesOf(reproduction, escape, {
          target: spoiled ? other : role,
          left: TARGETS[role].left,
          d,
        }),
      });
    return found;
  };
  const [parity, staircase] = [await of('parity'), await of('staircase')];
  const means = staircase.map(({ times }) => mean([...times]));
  const exponent = (escape.k - 2) / 2;
  const first = parity[0];
  return {
    series: [
      {
        name: 'time of the product',
        abscissa: 'd',
        expected: exponent,
        tolerance: TOLERANCE.exponent,
        levels: parity.map(({ d, times }) => ({ x: d, n: config.model.width, values: times })),
      },
    ],
    checks: [
      {
        name: `longest mean time of the staircase over the shortest, d = ${dimensions.join(', ')}`,
        value: Math.max(...means) / Math.min(...means),
        expected: TOLERANCE.ratio,
        tolerance: 0,
        side: 'most',
        theory: 'its leap is 1: the time is bounded in d',
      },
    ],
    panels: [
      {
        title: `time of a product of ${escape.k} coordinates and of the staircase up to it`,
        x: { title: 'd', log: true },
        y: { title: 't', log: true },
        curves: [
          curveOf(`product, half of the variance left`, parity),
          curveOf(`staircase, a twentieth left`, staircase),
          {
            name: `d^${exponent}, theory`,
            mark: 'line',
            points: dimensions.map((d) => ({ x: d, y: mean([...first.times]) * (d / first.d) ** exponent })),
          },
        ],
      },
    ],
  };
}

export const ESCAPE: Paper = {
  citations: [
    {
      authors: 'Abbe, Boix-Adserà, Misiakiewicz',
      year: 2023,
      title: 'SGD learning on neural networks: leap complexity and saddle-to-saddle dynamics',
      url: 'https://arxiv.org/abs/2302.11055',
    },
  ],
  claim:
    'A product of three coordinates of d is found after a time like √d, and a staircase that leads up to it after one that is bounded in d.',
  look: 'For a while the loss stands still and the cloud hardly moves; then ⟨w0, u1⟩, ⟨w0, u2⟩ and ⟨w0, u3⟩ grow at once, it runs out towards the corners, and the loss falls.',
  differs:
    'After the paper’s theory, at sizes of our own: the flow on all corners of {±1}^d, d up to 12, with tanh, in place of one pass over fresh samples.',
  control:
    'the two targets change places: the product’s exponent is asked of the staircase and its bound of the product',
  run,
};
