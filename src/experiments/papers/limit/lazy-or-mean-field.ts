/** Chizat, Oyallon, Bach 2019: of two scalings that both interpolate the same data only one finds the teacher. */
import { interpolated, type Deviations } from '../../../core/analysis/relu-kernel.ts';
import { ConfigError, type Config } from '../../../core/config/config.ts';
import { meanLoss } from '../../../core/model.ts';
import { LOSSES } from '../../../core/objective/losses.ts';
import { isMeanField, type ParameterizationName } from '../../../core/parameterizations.ts';
import { difference, rms } from '../../measure/ensemble.ts';
import type { Check, Measured } from '../../measure/measurement.ts';
import type { Panel } from '../../measure/panel.ts';
import { prepare, type Prepared } from '../../prepare.ts';
import type { Held } from '../../run.ts';
import { stableStep } from '../../stable-step.ts';
import type { Paper, Reproduction } from '../paper.ts';
import { advanced, onEngine } from '../run.ts';

/** The step of the lazy network over the other's: 1 and 0.05 in the authors' code. */
const LONGER = 20;
/** Of the step below which that is stable where it begins, at most. */
const STABLE = 0.25;
/** Widths are the configuration's and its halves, down to about this. */
const FEWEST = 8;
/** How much worse lazy training is, at least; share of the loss at the start at which data are interpolated. */
const LIMITS = { ratio: 3, interpolated: 0.01, kernel: 0.3 } as const;

interface Trained {
  readonly n: number;
  readonly loss0: number;
  readonly loss: number;
  readonly testLoss: number;
  /** √ of the mean square by which θ changed, over that of θ. */
  readonly moved: number;
}

const lossOf = (f: ArrayLike<number>, y: Float64Array): number => meanLoss(f, y, LOSSES.squared, 1);

function deviationsIn({ model, initial }: Config, c: number): Deviations {
  const { w1, w0, bias } = initial;
  if (model.activation !== 'relu' || model.features !== 'inner-product' || model.loss !== 'squared' || c > 1)
    throw new ConfigError(
      `model.activation = ${JSON.stringify(model.activation)}, model.loss = "${model.loss}", ${c} outputs: the kernel is of relu neurons with one output, give relu, inner-product features and the squared loss`,
    );
  if (w1?.law !== 'normal' || w0?.law !== 'normal' || w1.mean !== 0 || w0.mean !== 0 || bias)
    throw new ConfigError(
      `initial.w1 = ${JSON.stringify(w1)}, initial.w0 = ${JSON.stringify(w0)}: the kernel is known for normal laws of mean 0, give these`,
    );
  return { w1: w1.std, w0: w0.std };
}

function heldIn({ test }: Prepared): Held {
  if (!test) throw new ConfigError('data.test = 0: two test losses are compared, give 0.5');
  return test;
}

function widthsOf({ model: { width } }: Config): number[] {
  const widths = [width];
  while (widths[0] >= 2 * FEWEST) widths.unshift(Math.floor(widths[0] / 2));
  return widths;
}

async function trained(
  reproduction: Reproduction,
  parameterization: Config['parameterization'],
  n: number,
): Promise<Trained> {
  const { config, files, spoiled } = reproduction;
  const lazy = !isMeanField(parameterization);
  const prepared = await prepare(
    {
      ...config,
      parameterization,
      model: { ...config.model, width: n },
    },
    files,
  );
  const { problem } = prepared;
  const { x, y } = heldIn(prepared);
  // the control: features that stay as they were drawn, in the scaling in which they should be learned
  const frozen = spoiled && !lazy ? { terms: { ...problem.terms, rates: [1, 0] as const } } : {};
  const dt = lazy ? Math.min(LONGER * problem.dt, STABLE * stableStep(problem)) : problem.dt;
  return onEngine(reproduction, { ...problem, ...frozen, dt }, async (engine) => {
    const loss0 = engine.loss;
    await advanced(reproduction, engine, config.dynamics.steps, n);
    return {
      n,
      loss0,
      loss: engine.loss,
      testLoss: lossOf(await engine.predict(x), y),
      moved: rms(difference(await engine.theta(), problem.theta)) / rms(problem.theta),
    };
  });
}

async function run(reproduction: Reproduction): Promise<Measured> {
  const { config } = reproduction;
  if (!isMeanField(config.parameterization))
    throw new ConfigError(
      `parameterization = ${JSON.stringify(config.parameterization)}: the lazy one is run beside it, give "mean-field"`,
    );
  const prepared = await prepare(config, reproduction.files);
  const { problem } = prepared;
  const deviations = deviationsIn(config, problem.c ?? 1);
  const held = heldIn(prepared);
  const kernel = lossOf(interpolated(problem, held, problem.d, deviations), held.y);
  const widths = widthsOf(config);
  reproduction.expect(2 * config.dynamics.steps * widths.reduce((sum, n) => sum + n, 0));
  const over = async (name: ParameterizationName): Promise<Trained[]> => {
    const found: Trained[] = [];
    for (const n of widths) found.push(await trained(reproduction, name, n));
    return found;
  };
  return found(await over('ntk'), await over('mean-field'), kernel);
}

function found(lazy: readonly Trained[], mean: readonly Trained[], kernel: number): Measured {
  const [p, q] = [lazy.at(-1)!, mean.at(-1)!];
  const least = (name: string, value: number, expected: number, theory?: string): Check => ({
    name,
    value,
    expected,
    tolerance: 0,
    side: 'least',
    ...(theory !== undefined && { theory }),
  });
  const fits = (name: string, { n, loss, loss0 }: Trained): Check => ({
    name: `training loss, ${name}, n = ${n}, over that at the start`,
    value: loss / loss0,
    expected: LIMITS.interpolated,
    tolerance: 0,
    side: 'most',
  });
  const theory =
    'regression on the tangent kernel of infinitely many relu neurons, in closed form (core/analysis/relu-kernel.ts)';
  return {
    series: [],
    checks: [
      least(
        `test loss of lazy training over the mean-field scaling’s, n = ${p.n}`,
        p.testLoss / q.testLoss,
        LIMITS.ratio,
      ),
      fits('lazy', p),
      fits('mean field', q),
      least(
        `test loss of the kernel over the mean-field scaling’s, n = ${p.n}`,
        kernel / q.testLoss,
        LIMITS.ratio,
        theory,
      ),
      least(
        `test loss of lazy training over the kernel’s, n = ${p.n}`,
        p.testLoss / kernel,
        LIMITS.kernel,
        theory,
      ),
    ],
    panels: panelsOf(lazy, mean, kernel),
  };
}

function panelsOf(lazy: readonly Trained[], mean: readonly Trained[], kernel: number): Panel[] {
  const dots = (name: string, all: readonly Trained[], y: (one: Trained) => number) => ({
    name,
    mark: 'dots' as const,
    points: all.map((one) => ({ x: one.n, y: y(one) })),
  });
  const each = (y: (one: Trained) => number) => [
    dots('lazy, prefactor 1/√n', lazy, y),
    dots('mean field, 1/n', mean, y),
  ];
  return [
    {
      title: 'test loss',
      x: { title: 'n', log: true },
      y: { title: 'half the mean square of f − y', log: true },
      curves: [
        {
          name: 'kernel, n → ∞',
          mark: 'line',
          points: [lazy[0], lazy.at(-1)!].map(({ n }) => ({ x: n, y: kernel })),
        },
        ...each(({ testLoss }) => testLoss),
      ],
    },
    {
      title: 'how far neurons went',
      x: { title: 'n', log: true },
      y: { title: '|θ(T) − θ(0)|/|θ(0)|', log: true },
      curves: each(({ moved }) => moved),
    },
  ];
}

export const LAZY_OR_MEAN_FIELD: Paper = {
  citations: [
    {
      authors: 'Chizat, Oyallon, Bach',
      year: 2019,
      title: 'On lazy training in differentiable programming',
      url: 'https://arxiv.org/abs/1812.07956',
    },
  ],
  claim:
    'Wide networks with the prefactor 1/√n interpolate a teacher’s data by a kernel and miss the teacher, of whose test loss those with 1/n have less than a third.',
  look: 'Along ⟨w0, u1⟩, ⟨w0, u2⟩ and ⟨w0, u3⟩ neurons run out towards the teacher’s three (dashed); with the parameterization ntk they stay where they were and the training loss falls all the same.',
  differs:
    'After the paper’s figure of test loss against width: dimension, samples, teacher and initial law are those of the authors’ code, one draw, n = 8 … 256, steps four times as long.',
  control: 'features that stay as they were drawn, in the mean-field scaling: only the outer weights learn',
  run,
};
