/** Mei, Montanari, Nguyen 2018, section 3.3: with an activation that first falls, the initial deviation decides. */
import { formOf } from '../../core/activations/parametric.ts';
import type { Config } from '../../core/config/config.ts';
import type { Measured } from '../measure/measurement.ts';
import type { CurvePoint } from '../measure/panel.ts';
import type { Paper, Reproduction } from './paper.ts';
import { prepare } from '../prepare.ts';
import { alongRun, onEngine } from './run.ts';
import { MEI_MONTANARI_NGUYEN, Reduced, riskBeside } from './two-gaussians.ts';

/** The other start is so many times as wide. */
const WIDER = 4;
/** Looks at a run, from the first to its end. */
const LOOKS = 13;
const TOLERANCE = { stuck: 0.1, learned: 0.05 } as const;
/** Share of the stuck risk below which gradient descent does not come. */
const LEAST = 0.965;
const THEORY = 'the reduced dynamics of the law of |w0| (core/analysis/radial.ts)';
const CLOSED = '((φ(0) − 1)² + (φ(0) + 1)²)/2: all neurons at 0';

interface Fate {
  readonly kappa: number;
  readonly theory: readonly CurvePoint[];
  readonly seen: readonly CurvePoint[];
}

async function fateOf(
  reproduction: Reproduction,
  config: Config,
  kappa: number,
  { averaged }: Reduced,
): Promise<Fate> {
  const { problem, test } = await prepare(config, reproduction.files);
  const reduced = new Reduced(config, averaged);
  const end = config.dynamics.dt * config.dynamics.steps;
  const times = Array.from({ length: LOOKS }, (_, k) => (end * k) / (LOOKS - 1));
  return onEngine(reproduction, problem, async (engine) => {
    const looks = await alongRun(reproduction, engine, times, async (t) => {
      const theory = reduced.reach(t);
      return { t, theory, seen: await riskBeside(engine, test!, reduced, theory) };
    });
    return {
      kappa,
      theory: looks.map(({ t, theory }) => ({ x: t, y: theory })),
      seen: looks.map(({ t, seen }) => ({ x: t, y: seen })),
    };
  });
}

const withStd = (config: Config, std: number): Config => ({
  ...config,
  initial: { ...config.initial, w0: { law: 'normal', mean: 0, std } },
});

async function run(reproduction: Reproduction): Promise<Measured> {
  const { config, spoiled } = reproduction;
  const { w0 } = config.initial;
  const std = w0?.law === 'normal' ? w0.std : 0;
  const reduced = new Reduced(config);
  const kappa = std * Math.sqrt(reduced.dimension);
  reproduction.expect(2 * config.model.width * config.dynamics.steps);
  const narrow = await fateOf(reproduction, config, kappa, reduced);
  // the control: both start from the narrow law
  const other = spoiled ? config : withStd(config, WIDER * std);
  const wide = await fateOf(reproduction, other, WIDER * kappa, reduced);
  const at0 = formOf(config.model.activation!).phi(0);
  const stuck = ((at0 - 1) ** 2 + (at0 + 1) ** 2) / 2;
  const last = (points: readonly CurvePoint[]): number => points.at(-1)!.y;
  const name = ({ kappa: of }: Fate): string => `κ = ${+of.toPrecision(3)}`;
  return {
    series: [],
    checks: [
      {
        name: `reduced dynamics, ${name(narrow)}: risk at the end`,
        value: last(narrow.theory),
        expected: stuck,
        tolerance: TOLERANCE.stuck,
        theory: CLOSED,
      },
      {
        name: `gradient descent, ${name(narrow)}: least risk`,
        value: narrow.seen.reduce((least, { y }) => Math.min(least, y), Infinity),
        expected: LEAST * stuck,
        tolerance: 0,
        side: 'least',
        theory: CLOSED,
      },
      {
        name: `reduced dynamics, ${name(wide)}: risk at the end`,
        value: last(wide.theory),
        expected: TOLERANCE.learned,
        tolerance: 0,
        side: 'most',
        theory: THEORY,
      },
      {
        name: `gradient descent, ${name(wide)}: risk at the end`,
        value: last(wide.seen),
        expected: TOLERANCE.learned,
        tolerance: 0,
        side: 'most',
        theory: THEORY,
      },
    ],
    panels: [
      {
        title: 'risk E (f − y)²',
        x: { title: 't' },
        y: { title: 'risk', log: true },
        curves: [narrow, wide].flatMap((fate) => [
          { name: `reduced dynamics, ${name(fate)}`, mark: 'line' as const, points: fate.theory },
          { name: `gradient descent, ${name(fate)}`, mark: 'dots' as const, points: fate.seen },
        ]),
      },
    ],
  };
}

export const MMN_TWO_FATES: Paper = {
  citations: [MEI_MONTANARI_NGUYEN],
  claim:
    'With an activation that first falls, a narrow start is stuck at the risk of neurons that are all 0, 7.25, and one that is four times as wide learns.',
  look: 'Neurons are drawn as far from 0 as |w0| is long: the ring shrinks to the point 0 and stays there; start it four times as wide (initial deviation of w0), and it runs out.',
  differs:
    'After the paper’s figure on failure: dimension, width, δ, knots and both deviations are the paper’s; batches of 100 at a step of 0.001 stand for single samples.',
  control: 'both runs start from the narrow law',
  run,
};
