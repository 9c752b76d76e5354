/**
 * With noise and weight decay the cloud stays near its limit for all times: tanh, and linear φ, whose limit is known
 * exactly.
 */
import { complete, mergeConfig, type Config } from '../../../core/config/config.ts';
import { isLangevin, type Dynamics } from '../../../core/config/dynamics.ts';
import { SecondMoments } from '../../../core/analysis/second-moments.ts';
import { mean, meanOf } from '../../../core/analysis/statistics.ts';
import { activationOf, spelled } from '../../../core/features/features.ts';
import { STREAMS, systemSeed } from '../../../core/random.ts';
import type { Engine } from '../../../engines/engine.ts';
import { advance, difference, outputsOf, overReplicas, particles, problemOf, rms } from '../ensemble.ts';
import {
  FEWEST_LEVELS,
  TOLERANCE,
  type Context,
  type Measured,
  type Measurement,
  type Series,
} from '../measurement.ts';
import type { Curve } from '../panel.ts';
import {
  drawnApart,
  euler,
  linear,
  meanField,
  ownDraws,
  type Requirement,
  squared,
  innerProduct,
} from '../requirements.ts';
import { CROSS, SOON } from './soon.ts';

const noisy: Requirement = ({ dynamics }) =>
  isLangevin(dynamics)
    ? withNoise(dynamics)
    : 'dynamics has penalties, momentum or a schedule of its own, and the law is about noise and weight decay alone: leave them out';
const withNoise = ({ temperature, decay }: Dynamics): string | null =>
  temperature > 0 && decay > 0
    ? null
    : `dynamics.temperature = ${temperature} and decay = ${decay}: the law is about noise and weight decay, give numbers above 0`;

/** Looks at the clouds, evenly spaced in time; those after the first quarter count as late. */
const LOOKS = 12;
const EARLY = LOOKS / 4;
const divisible: Requirement = ({ dynamics: { steps } }) =>
  steps > 0 && steps % LOOKS === 0
    ? null
    : `dynamics.steps = ${steps}: the clouds are looked at ${LOOKS} times, give a multiple of ${LOOKS}`;

/** f_t [m] of the limit at each look: of linear φ exact for Euler's steps, else the mean over some wide systems. */
async function limits(context: Context, config: Config): Promise<Float64Array[]> {
  const { files, widths } = context;
  const { dt, steps } = config.dynamics;
  if (linear(config, widths, 1) === null) {
    const problem = await problemOf({ config, n: 1, replicas: 1 }, files);
    const moments = new SecondMoments(problem, config.initial, problem.terms);
    return Array.from({ length: LOOKS }, () => {
      for (let k = 0; k < steps / LOOKS; k++) moments.step(dt);
      return moments.outputs();
    });
  }
  const stories = await overReplicas(
    context,
    {
      config,
      n: WIDER * widths.at(-1)!,
      replicas: REFERENCES,
      seedOf: (k) => systemSeed(config.initial.seed, k, STREAMS.reference),
    },
    (engine) => storiesOf(context, engine, config),
  );
  return Array.from({ length: LOOKS }, (_, look) =>
    stories[0][look].map((__, a) => mean(stories.map((story) => story[look][a]))),
  );
}
/** Of the limit where it is not known: systems so many times as wide as the widest. */
const WIDER = 16;
const REFERENCES = 8;

/** f of each replica at each look. */
async function storiesOf(
  context: Context,
  engine: Engine,
  { dynamics: { steps } }: Config,
): Promise<Float64Array[][]> {
  const looks: Float64Array[][] = [];
  for (let look = 0; look < LOOKS; look++) {
    await advance(context, engine, steps / LOOKS);
    looks.push(await outputsOf(engine));
  }
  return looks[0].map((_, k) => looks.map((outputs) => outputs[k]));
}

/** |f^(n)_t − f_t|² of each replica at each look [width][look][replica]. */
async function errors(context: Context, { config }: System): Promise<number[][][]> {
  const { widths, replicas } = context;
  const f = await limits(context, config);
  const found: number[][][] = [];
  for (const n of widths) {
    const stories = await overReplicas(context, { config, n, replicas }, (engine) =>
      storiesOf(context, engine, config),
    );
    found.push(f.map((limit, look) => stories.map((story) => rms(difference(story[look], limit)) ** 2)));
  }
  return found;
}

interface System {
  readonly name: string;
  readonly config: Config;
}

/** Linear φ, of which f_t is known: four points, of which f takes in 95 % against a decay that would leave nothing. */
const LINEAR = {
  data: CROSS,
  model: { activation: 'linear', bias: false },
  dynamics: { dt: 0.2, steps: 240, temperature: 0.15, decay: 0.5 },
} as const;

/** Where nothing holds particles back, and features are still being found, the constant grows. */
const UNHELD = { data: { dataset: 'moons', samples: 8 }, dynamics: { dt: 1, steps: 72 } } as const;

function systemsOf({ config, given, spoiled }: Context): System[] {
  const isOwn = given.data === undefined && given.model === undefined && given.preset === undefined;
  const named = (own: Config, what = ''): System => ({
    name: `${spelled(activationOf(own.model))}${what}`,
    config: own,
  });
  if (spoiled) {
    const still = { temperature: 0, decay: 0 };
    return [
      named(
        complete(
          mergeConfig(
            config,
            isOwn ? { ...UNHELD, dynamics: { ...UNHELD.dynamics, ...still } } : { dynamics: still },
          ),
        ),
      ),
    ];
  }
  return [named(config), ...(isOwn ? [named(complete(mergeConfig(config, LINEAR)))] : [])];
}

const time = ({ config: { dynamics } }: System, look: number): number =>
  ((look + 1) * dynamics.dt * dynamics.steps) / LOOKS;

async function run(context: Context): Promise<Measured> {
  const { widths, replicas } = context;
  const systems = systemsOf(context);
  context.expect(systems.length * particles(widths, replicas) + REFERENCES * WIDER * widths.at(-1)!);
  const series: Series[] = [];
  const curves: Curve[] = [];
  for (const [i, system] of systems.entries()) {
    const work = () => errors(context, system);
    const found = await (i > 0 && context.learned ? context.learned.aside(work) : work());
    series.push(...seriesOf(context, system, found));
    curves.push({
      name: system.name,
      mark: 'dots',
      points: Array.from({ length: LOOKS }, (_, look) => {
        const { value, low, high } = meanOf(constantsAt(widths, found, look));
        return { x: time(system, look), y: value, low, high };
      }),
    });
  }
  const title = 'n E |f^(n) − f|², all n together';
  return {
    series,
    checks: [],
    panels: [{ title, x: { title: 't' }, y: { title: 'mean over widths', log: true }, curves }],
  };
}

/** n |f^(n) − f|² of each replica, the mean over widths. */
const constantsAt = (widths: readonly number[], found: number[][][], look: number): number[] =>
  found[0][look].map((_, k) => mean(widths.map((n, i) => n * found[i][look][k])));

function seriesOf({ widths }: Context, system: System, found: number[][][]): Series[] {
  const late = Array.from({ length: LOOKS - EARLY }, (_, i) => EARLY + i);
  return [
    {
      name: `E |f^(n) − f|² at the end, ${system.name}, t = ${+time(system, LOOKS - 1).toPrecision(6)}`,
      abscissa: 'n',
      expected: -1,
      tolerance: TOLERANCE.rate,
      levels: widths.map((n, i) => ({ n, x: n, values: found[i][LOOKS - 1] })),
    },
    {
      name: `E sup_t |f^(n) − f|², ${system.name}`,
      abscissa: 'n',
      expected: -1,
      tolerance: TOLERANCE.rate,
      levels: widths.map((n, i) => ({
        n,
        x: n,
        values: found[i][0].map((_, k) => Math.max(...found[i].map((values) => values[k]))),
      })),
    },
    {
      name: `n E |f^(n) − f|² in late times, ${system.name}`,
      abscissa: 't',
      expected: 0,
      tolerance: TOLERANCE.rate,
      levels: late.map((look) => ({
        n: widths.at(-1)!,
        x: time(system, look),
        values: constantsAt(widths, found, look),
      })),
    },
  ];
}

export const UNIFORM_IN_TIME: Measurement = {
  summary:
    'With noise and weight decay the error of f against the limit stays Θ(1/n), flat in time, for tanh and for linear φ.',
  law: 'dθ = (b − λθ) dt + √(2τ) dW: sup_t E |f^(n)_t − f_t|² = Θ(1/n), where f_t is exact for linear φ (docs/model.md, facts 11 and 14)',
  defaults: {
    config: {
      ...SOON,
      dynamics: { dt: 1, steps: 96, temperature: 0.01, decay: 0.02 },
    },
    widths: [16, 32, 64, 128, 256],
    replicas: 512,
  },
  fewestWidths: FEWEST_LEVELS,
  requires: [ownDraws, euler, drawnApart, meanField, noisy, divisible, squared, innerProduct],
  control: { summary: 'neither noise nor decay, on data that are learned late: the constant grows' },
  run,
};
