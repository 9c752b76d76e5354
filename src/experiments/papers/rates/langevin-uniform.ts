/**
 * Chen, Ren, Wang 2022; Suzuki, Nitanda, Wu 2023: with noise and weight decay n particles stay within O(1/n) of their
 * limit at all times.
 */
import { restOf } from '../../../core/analysis/stationary.ts';
import { complete, ConfigError, type Config } from '../../../core/config/config.ts';
import { mean } from '../../../core/analysis/statistics.ts';
import { advance, particles } from '../../measure/ensemble.ts';
import { UNIFORM_IN_TIME } from '../../measure/laws/uniform-in-time.ts';
import type { Check, Measured } from '../../measure/measurement.ts';
import { prepare } from '../../prepare.ts';
import type { Paper, Reproduction } from '../paper.ts';
import { objectiveCase, objectiveParticles, widthsOf } from './langevin-objective.ts';
import { onEngine, ratio } from '../run.ts';

/** The linear case: inputs of one variance, with this covariance of x and y along the first. */
const LINEAR = { variance: 1.3, covariance: 2 } as const;
const SCALE = Math.sqrt(2 * LINEAR.variance);
const SAMPLES = {
  x: [
    [SCALE, 0],
    [0, SCALE],
  ],
  y: [(2 * LINEAR.covariance) / SCALE, 0],
};
/** Over the configuration's width. */
const WIDTHS = [1 / 128, 1 / 64, 1 / 32, 1 / 16];
const REPLICAS = 512;
const FEWEST = 1024;
/** One system that comes to rest, in shorter steps, and looks at it in the second half of the time. */
const RESTING = { width: 2, finer: 5, looks: 12, tolerance: 0.03 } as const;

function checked({ data, model, initial, dynamics }: Config): void {
  const { temperature, decay, integrator, stream, batch, schedule, momentum, penalty } = dynamics;
  if (!(temperature > 0 && decay > 0))
    throw new ConfigError(
      `dynamics.temperature = ${temperature} and decay = ${decay}: the claim is of noise and decay, give numbers above 0`,
    );
  if (integrator !== 'euler' || stream || batch || schedule || momentum || penalty)
    throw new ConfigError(
      'dynamics: the claim is of Euler’s steps with noise and decay alone, leave out the rest',
    );
  if (model.features !== 'inner-product' || initial.npy || initial.antithetic)
    throw new ConfigError(
      'model.features and initial: the claim is of independent draws of (w1, w0), give these',
    );
  if (dynamics.steps < 120 || dynamics.steps % 12 !== 0)
    throw new ConfigError(
      `dynamics.steps = ${dynamics.steps}: clouds are looked at 12 times, give a multiple of 12, at least 120`,
    );
  if (model.width < FEWEST)
    throw new ConfigError(
      `model.width = ${model.width}: the narrowest networks have its 512th part, give at least ${FEWEST}`,
    );
  if ('dataset' in data && data.test) throw new ConfigError(`data.test = ${data.test}: leave it out`);
}

const linearOf = ({ dynamics, initial, engine, method }: Config): Config => {
  const { dt, steps, temperature, decay } = dynamics;
  return complete({
    data: { inline: SAMPLES },
    model: { activation: 'linear', bias: false },
    initial: { seed: initial.seed },
    dynamics: { dt, steps, temperature, decay },
    engine,
    method,
  });
};

/** The linear case: the measurement of its law. */
async function linearCase(reproduction: Reproduction): Promise<Pick<Measured, 'series' | 'panels'>> {
  const config = linearOf(reproduction.config);
  const measured = await UNIFORM_IN_TIME.run({
    ...reproduction,
    expect: () => undefined,
    config,
    given: { data: { inline: SAMPLES } }, // no system beside it
    widths: widthsOf(reproduction.config, WIDTHS),
    replicas: REPLICAS,
    density: () => Promise.reject(new Error('no density is asked for')),
  });
  const title = 'linear φ: n E ‖f_n − f‖² against t';
  return { series: measured.series, panels: measured.panels!.map((panel) => ({ ...panel, title })) };
}

/** |u| and s of one wide system at rest, over those of the closed form. */
async function restChecks(reproduction: Reproduction): Promise<Check[]> {
  const { model, dynamics, ...rest } = linearOf(reproduction.config);
  const { width, finer, looks, tolerance } = RESTING;
  // the control: no noise
  const temperature = reproduction.spoiled ? 0 : dynamics.temperature;
  const config: Config = {
    ...rest,
    model: { ...model, width: width * reproduction.config.model.width },
    dynamics: { ...dynamics, temperature, dt: dynamics.dt / finer },
  };
  const { problem } = await prepare(config, reproduction.files);
  const steps = finer * dynamics.steps;
  const seen = await onEngine(reproduction, problem, async (engine) => {
    const found: { u: number; s: number }[] = [];
    for (let k = 1; k <= looks; k++) {
      await advance(reproduction, engine, Math.round(steps * (0.5 + (0.5 * k) / looks)) - engine.step);
      found.push(momentsOf(await engine.theta()));
    }
    return found;
  });
  const theory = restOf({ ...LINEAR, decay: dynamics.decay, temperature: dynamics.temperature });
  const how = 'the closed form at rest, a root by halving (core/analysis/stationary.ts)';
  return (['u', 's'] as const).map((which) =>
    ratio(
      which === 'u' ? 'linear φ: |E w1 w0| at rest' : 'linear φ: E w1² at rest',
      mean(seen.map((one) => one[which])),
      theory[which],
      tolerance,
      how,
    ),
  );
}

/** Of rows (w1, w0 in two coordinates). */
function momentsOf(theta: ArrayLike<number>): { u: number; s: number } {
  let [u1, u2, s] = [0, 0, 0];
  const n = theta.length / 3;
  for (let i = 0; i < theta.length; i += 3) {
    u1 += (theta[i] * theta[i + 1]) / n;
    u2 += (theta[i] * theta[i + 2]) / n;
    s += theta[i] ** 2 / n;
  }
  return { u: Math.hypot(u1, u2), s };
}

async function run(reproduction: Reproduction): Promise<Measured> {
  const { config } = reproduction;
  checked(config);
  reproduction.expect(
    (reproduction.spoiled ? 1 : 2) * particles(widthsOf(config, WIDTHS), REPLICAS) + objectiveParticles(config),
  );
  const linear = await linearCase(reproduction);
  const checks = await restChecks(reproduction);
  const { series, panel } = await objectiveCase(reproduction);
  return {
    series: [...linear.series, series],
    checks,
    panels: [...linear.panels!, panel],
  };
}

export const LANGEVIN_UNIFORM: Paper = {
  citations: [
    {
      authors: 'Chen, Ren, Wang',
      year: 2022,
      title: 'Uniform-in-time propagation of chaos for mean field Langevin dynamics',
      url: 'https://arxiv.org/abs/2212.03050',
    },
    {
      authors: 'Suzuki, Nitanda, Wu',
      year: 2023,
      title: 'Uniform-in-time propagation of chaos for the mean-field gradient Langevin dynamics',
      url: 'https://openreview.net/forum?id=_JScUk9TBUn',
    },
  ],
  claim:
    'With noise and weight decay the error of n particles is of the order 1/n and does not grow in time; linear neurons come to rest where the closed form says; with tanh and the logistic loss the objective is above its limit by a part of the order 1/n.',
  look: 'The cloud comes to rest as a whole while each neuron goes on moving, as the paths of some of them show.',
  differs:
    'The papers prove bounds; settings are of our own design. Objectives of n and of many particles are compared through copies with the same noise, which takes most of their spread away.',
  control: 'no noise, τ = 0, while weights decay as before',
  run,
};
