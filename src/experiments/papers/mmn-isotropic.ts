/** Mei, Montanari, Nguyen 2018, section 3.1: one pass of gradient descent follows the reduced dynamics. */
import { lineW1 } from '../../core/analysis/transport.ts';
import { mean } from '../../core/analysis/statistics.ts';
import type { Check, Measured } from '../measure/measurement.ts';
import type { CurvePoint } from '../measure/panel.ts';
import type { Paper, Reproduction } from './paper.ts';
import { barsOf } from './figures.ts';
import { prepare } from '../prepare.ts';
import { alongRun, onEngine, ratio } from './run.ts';
import { MEI_MONTANARI_NGUYEN, radiiIn, Reduced, riskBeside } from './two-gaussians.ts';

/** Times at which the risk is held to the reduced dynamics, and later ones at which it is drawn. */
const TIMES = [0, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5];
const LATER = [10, 20];
/** Of the risk; of the mean radius. */
const TOLERANCE = { risk: 0.03, radii: 0.1 } as const;
const THEORY =
  'the reduced dynamics of the law of |w0|, by Runge–Kutta and quadrature (core/analysis/radial.ts)';

interface Seen {
  readonly t: number;
  readonly theory: number;
  readonly risk: number;
}

async function run(reproduction: Reproduction): Promise<Measured> {
  const { config, spoiled } = reproduction;
  const { problem, test } = await prepare(config, reproduction.files);
  const reduced = new Reduced(config);
  const end = config.dynamics.dt * config.dynamics.steps;
  const times = [...TIMES, ...LATER].filter((t) => t <= end);
  reproduction.expect(problem.n * config.dynamics.steps);
  // the control: a step of ξ where the paper has 2ξ
  const terms = spoiled ? { ...problem.terms, rates: [1, reduced.rate / 2] as const } : problem.terms;
  return onEngine(reproduction, { ...problem, ...(terms && { terms }) }, async (engine) => {
    const seen = await alongRun(reproduction, engine, times, async (t): Promise<Seen> => {
      const theory = reduced.reach(t);
      return { t, theory, risk: await riskBeside(engine, test!, reduced, theory) };
    });
    const radii = radiiIn(await engine.theta(), problem.d);
    return found(seen, radii, reduced.radii, curveOf(new Reduced(config, reduced.averaged), times.at(-1)!));
  });
}

/** The reduced dynamics at more times than are looked at. */
function curveOf(reduced: Reduced, end: number): CurvePoint[] {
  const [first, points] = [Math.min(0.01, end / 2), 40];
  return Array.from({ length: points }, (_, k) => {
    const t = first * (end / first) ** (k / (points - 1));
    return { x: t, y: reduced.reach(t) };
  });
}

function found(
  seen: readonly Seen[],
  radii: Float64Array,
  limit: Float64Array,
  curve: readonly CurvePoint[],
): Measured {
  const last = seen.at(-1)!.t;
  const checks: Check[] = [
    ...seen
      .filter(({ t }) => TIMES.includes(+t.toPrecision(6)))
      .map(({ t, theory, risk }) =>
        ratio(`risk at t = ${+t.toPrecision(6)}`, risk, theory, TOLERANCE.risk, THEORY),
      ),
    {
      name: `W1 of the laws of |w0| at t = ${last} over the mean`,
      value: lineW1(radii, limit) / mean([...limit]),
      expected: 0,
      tolerance: TOLERANCE.radii,
      theory: THEORY,
    },
  ];
  return {
    series: [],
    checks,
    panels: [
      {
        title: 'risk E (f − y)²',
        x: { title: 't', log: true },
        y: { title: 'risk' },
        curves: [
          { name: 'reduced dynamics', mark: 'line', points: curve },
          { name: `n = ${radii.length}`, mark: 'dots', points: seen.map(({ t, risk }) => ({ x: t, y: risk })) },
        ],
      },
      {
        title: `law of |w0| at t = ${last}`,
        x: { title: '|w0|' },
        y: { title: 'density' },
        curves: barsOf({ 'reduced dynamics': limit, [`n = ${radii.length}`]: radii }),
      },
    ],
  };
}

export const MMN_ISOTROPIC: Paper = {
  citations: [MEI_MONTANARI_NGUYEN],
  claim:
    'One pass of stochastic gradient descent follows the reduced dynamics of the law of |w0|: its risk lies within 3 % of it at nine times, and the law of |w0| splits in two.',
  look: 'Neurons are drawn as far from 0 as |w0| is long: a ring that stays round, widens, and parts into neurons that fall to 0 and those that run out to a shell.',
  differs:
    'After the paper’s figure 1: dimension, width, δ and initial law are the paper’s; batches of 100 at a step of 0.002 stand for single samples at 10⁻⁶.',
  control: 'steps of ξ where the paper has 2ξ: the run lags behind the reduced dynamics',
  run,
};
