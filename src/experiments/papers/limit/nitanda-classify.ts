/** After Nitanda, Suzuki 2017: gradient descent on a probability measure of base models, by particles. */
import { ConfigError, type Config } from '../../../core/config/config.ts';
import { isMeanField } from '../../../core/parameterizations.ts';
import { shapeOf } from '../../../core/shape.ts';
import type { Engine, LossRecord, Problem } from '../../../engines/engine.ts';
import {
  advance,
  difference,
  outputsOf,
  overReplicas,
  particles,
  rms,
  type Ensemble,
} from '../../measure/ensemble.ts';
import {
  FEWEST_LEVELS,
  TOLERANCE as OF_LAWS,
  type Check,
  type Lab,
  type Measured,
  type Series,
} from '../../measure/measurement.ts';
import { sharedDraws } from '../../measure/reference.ts';
import { prepare } from '../../prepare.ts';
import type { Paper, Reproduction } from '../paper.ts';
import { onEngine, ratio } from '../run.ts';

/** Particles of the reference, in units of the configuration's width, which is the largest of the others. */
const REFERENCE = 4;
const REPLICAS = 160;
/** Distinct particles of the control. */
const DISTINCT = 16;
/** Shares of the run after which f is looked at. */
const LOOKS = [0.25, 0.5, 1];
/** The first step of the whole loss is so many times as short where its decrease is held to |b|². */
const FINER = 100;
/** Float32 has these. */
const TOLERANCE = { copies: 1e-3, rise: 1e-6, decrease: 0.02 } as const;

/** Half as many each time. */
const widthsOf = ({ model: { width } }: Config): number[] =>
  Array.from({ length: FEWEST_LEVELS }, (_, k) => Math.floor(width / 2 ** (FEWEST_LEVELS - 1 - k)));

function checked({ model, parameterization }: Config): void {
  if (model.loss !== 'logistic' || !isMeanField(parameterization))
    throw new ConfigError(
      `model.loss = "${model.loss}", parameterization = ${JSON.stringify(parameterization)}: a classifier by particles is asked for, give logistic and mean-field`,
    );
  if (model.width < 2 ** FEWEST_LEVELS)
    throw new ConfigError(
      `model.width = ${model.width}: ${FEWEST_LEVELS} widths are compared, each half of the next, give at least ${2 ** FEWEST_LEVELS}`,
    );
}

const stepsOf = ({ dynamics: { steps } }: Config): number[] =>
  LOOKS.map((share) => Math.max(1, Math.round(share * steps)));

/** f [m] at every look, for each replica. */
const outputsAlong = (reproduction: Reproduction, ensemble: Ensemble): Promise<Float64Array[][]> =>
  overReplicas(reproduction, ensemble, async (engine) => {
    const looks: Float64Array[][] = [];
    for (const step of stepsOf(reproduction.config)) {
      await advance(reproduction, engine, step - engine.step);
      looks.push(await outputsOf(engine));
    }
    return looks[0].map((_, k) => looks.map((outputs) => outputs[k]));
  });

/** Mean squares of f_n − f_N, where the n particles are among the N. */
async function nested(reproduction: Reproduction): Promise<Series[]> {
  const { config, spoiled } = reproduction;
  const widths = widthsOf(config);
  const N = REFERENCE * config.model.width;
  const of = (n: number, alter?: Ensemble['alter']): Promise<Float64Array[][]> =>
    outputsAlong(reproduction, { config, n, replicas: REPLICAS, ...(alter && { alter }) });
  const reference = await of(N);
  const found: Float64Array[][][] = [];
  for (const n of widths) found.push(await of(n, spoiled ? sharedDraws(DISTINCT) : undefined));
  return stepsOf(config).map((step, look) => ({
    name: `mean square of f_n − f_N, t = ${+(step * config.dynamics.dt).toPrecision(6)}`,
    abscissa: '1/(1/n − 1/N)',
    expected: -1,
    tolerance: OF_LAWS.rate,
    levels: widths.map((n, i) => ({
      n,
      x: 1 / (1 / n - 1 / N),
      values: found[i].map((f, k) => rms(difference(f[look], reference[k][look])) ** 2),
    })),
  }));
}

/** Every particle twice. */
function twice(problem: Problem): Problem {
  const { width } = shapeOf(problem);
  const theta = new Float64Array(2 * problem.theta.length);
  for (let at = 0; at < problem.theta.length; at += width) {
    const row = problem.theta.subarray(at, at + width);
    theta.set(row, 2 * at);
    theta.set(row, 2 * at + width);
  }
  return { ...problem, n: 2 * problem.n, outer: problem.outer / 2, theta };
}

async function copies(reproduction: Reproduction, problem: Problem, steps: number): Promise<Check> {
  const at = (one: Problem): Promise<Float64Array> =>
    onEngine(reproduction, one, async (engine) => {
      await advance(reproduction, engine, steps);
      return engine.f();
    });
  const [f, doubled] = [await at(problem), await at(twice(problem))];
  return {
    name: `f of ${problem.n} particles beside that of each of them twice, over its size`,
    value: rms(difference(f, doubled)) / rms(f),
    expected: 0,
    tolerance: TOLERANCE.copies,
    side: 'most',
    theory: 'the empirical measure is the same (docs/model.md, fact 4)',
  };
}

/** The loss of all rows along steps that take them all. */
const descended = (lab: Lab, whole: Problem, steps: number): Promise<LossRecord[]> =>
  onEngine(lab, whole, async (engine: Engine) => [
    { step: 0, loss: engine.loss },
    ...(await engine.advance(steps, { every: 1 })),
  ]);

/** How far the loss falls in a short first step, over dt ∫ |b|² dρ. */
const firstFall = (lab: Lab, whole: Problem): Promise<Check> =>
  onEngine(lab, { ...whole, dt: whole.dt / FINER }, async (engine) => {
    const { dt, n, theta } = engine.problem;
    const before = engine.loss;
    await engine.advance(1);
    const size = rms(difference(await engine.theta(), theta)) ** 2 * theta.length;
    return ratio(
      'decrease of the loss in a first short step',
      before - engine.loss,
      size / (n * dt),
      TOLERANCE.decrease,
      'dt ∫ |b|² dρ, b from how far the particles went (docs/model.md, fact 1)',
    );
  });

async function run(reproduction: Reproduction): Promise<Measured> {
  const { config } = reproduction;
  checked(config);
  const { problem } = await prepare(config, reproduction.files);
  const { batch: _, ...whole } = problem;
  const { steps, dt } = config.dynamics;
  reproduction.expect(particles([...widthsOf(config), REFERENCE * config.model.width], REPLICAS));
  const losses = await descended(reproduction, whole, steps);
  const rise = losses.slice(1).reduce((most, { loss }, k) => Math.max(most, loss - losses[k].loss), -Infinity);
  return {
    series: await nested(reproduction),
    checks: [
      await copies(reproduction, problem, steps),
      {
        name: `largest rise of the loss in a step of all rows, of ${steps}`,
        value: rise,
        expected: 0,
        tolerance: TOLERANCE.rise,
        side: 'most',
      },
      await firstFall(reproduction, whole),
    ],
    seen: losses
      .filter(({ step }) => step % Math.ceil(steps / 20) === 0)
      .map(({ step, loss }) => ({ 'all rows, t': step * dt, loss })),
  };
}

export const NITANDA_CLASSIFY: Paper = {
  citations: [
    {
      authors: 'Nitanda, Suzuki',
      year: 2017,
      title: 'Stochastic particle gradient descent for infinite ensembles',
      url: 'https://arxiv.org/abs/1712.05438',
    },
  ],
  claim:
    'A measure of base models, moved by stochastic gradient descent as n particles, classifies as the limit’s does up to a mean square error of order 1/n.',
  look: 'Particles run out in a few directions, as their paths show, and f parts the two moons.',
  differs:
    'The experiment is of our own design: the paper’s data sets and tables are not reproduced. Two moons, tanh base models with a weight each, a logistic loss and batches of 32.',
  control: `draws shared in blocks of n/${DISTINCT}: more particles are no more models`,
  run,
};
