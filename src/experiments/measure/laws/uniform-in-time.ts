/**
 * With noise and weight decay the cloud stays near its limit for all times. Linear φ, whose limit is known
 * exactly.
 */
import { isLangevin, type Dynamics } from '../../../core/config/dynamics.ts';
import { SecondMoments } from '../../../core/analysis/second-moments.ts';
import { advance, difference, outputsOf, overReplicas, particles, problemOf, rms } from '../ensemble.ts';
import {
  FEWEST_LEVELS,
  TOLERANCE,
  type Context,
  type Measured,
  type Measurement,
  type Series,
} from '../measurement.ts';
import {
  euler,
  independentDraws,
  linear,
  meanField,
  ownDraws,
  type Requirement,
  squared,
  innerProduct,
} from '../requirements.ts';

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

/** f_t [m] of the limit at each look: exact for Euler's steps. */
async function limits(context: Context): Promise<Float64Array[]> {
  const { config, files } = context;
  const { dt, steps } = config.dynamics;
  const problem = await problemOf({ config, n: 1, replicas: 1 }, files);
  const moments = new SecondMoments(problem, config.initial, problem.terms);
  return Array.from({ length: LOOKS }, () => {
    for (let k = 0; k < steps / LOOKS; k++) moments.step(dt);
    return moments.outputs();
  });
}

/** |f^(n)_t − f_t|² of each replica at each look [width][look][replica]. */
async function errors(context: Context): Promise<number[][][]> {
  const { config, widths, replicas } = context;
  const f = await limits(context);
  const found: number[][][] = [];
  for (const n of widths) {
    const stories = await overReplicas(context, { config, n, replicas }, async (engine) => {
      const story = Array.from({ length: replicas }, () => [] as number[]);
      for (const limit of f) {
        await advance(context, engine, config.dynamics.steps / LOOKS);
        (await outputsOf(engine)).forEach((outputs, k) => story[k].push(rms(difference(outputs, limit)) ** 2));
      }
      return story.filter(({ length }) => length > 0);
    });
    found.push(f.map((_, look) => stories.map((story) => story[look])));
  }
  return found;
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

async function run(context: Context): Promise<Measured> {
  const { config, widths, replicas, spoiled } = context;
  const { dt, steps } = config.dynamics;
  const quiet = { ...config, dynamics: { ...config.dynamics, temperature: 0 } };
  context.expect((spoiled ? 1 : 2) * particles(widths, replicas));
  const found = await errors(spoiled ? { ...context, config: quiet } : context);
  const time = (look: number): number => ((look + 1) * dt * steps) / LOOKS;
  const late = Array.from({ length: LOOKS - EARLY }, (_, i) => EARLY + i);
  const series: Series[] = [
    {
      name: `E |f^(n) − f|² at t = ${+time(LOOKS - 1).toPrecision(6)}`,
      abscissa: 'n',
      expected: -1,
      tolerance: TOLERANCE.rate,
      levels: widths.map((n, i) => ({ n, x: n, values: found[i][LOOKS - 1] })),
    },
    {
      name: 'n E |f^(n) − f|² in late times, all n together',
      abscissa: 't',
      expected: 0,
      tolerance: TOLERANCE.rate,
      levels: late.map((look) => ({
        n: widths.at(-1)!,
        x: time(look),
        values: found[0][look].map((_, k) => mean(widths.map((n, i) => n * found[i][look][k]))),
      })),
    },
  ];
  const story = (of: number[][][], name: string) =>
    widths.flatMap((n, i) =>
      of[i].map((values, look) => ({ seen: name, n, t: time(look), value: n * mean(values) })),
    );
  const beside = spoiled
    ? []
    : story(await errors({ ...context, config: quiet }), 'n E |f^(n) − f|² without noise');
  return { series, checks: [], seen: [...story(found, 'n E |f^(n) − f|²'), ...beside] };
}

export const UNIFORM_IN_TIME: Measurement = {
  summary:
    'With noise and weight decay the error of f against the limit stays Θ(1/n), flat in time; beside it the noiseless one.',
  law: 'dθ = (b − λθ) dt + √(2τ) dW: sup_t E |f^(n)_t − f_t|² = Θ(1/n), where f_t is exact for linear φ (docs/model.md, facts 11 and 14)',
  defaults: {
    config: {
      data: { dataset: 'curve', samples: 8 },
      model: { activation: 'linear' },
      dynamics: { dt: 0.1, steps: 120, temperature: 0.15, decay: 0.8 },
      method: 'direct',
    },
    widths: [32, 64, 128, 256, 512],
    replicas: 512,
  },
  fewestWidths: FEWEST_LEVELS,
  requires: [ownDraws, euler, independentDraws, meanField, linear, noisy, divisible, squared, innerProduct],
  control: { summary: 'no noise: τ = 0' },
  run,
};
