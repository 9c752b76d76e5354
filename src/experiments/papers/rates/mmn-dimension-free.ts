/** Mei, Misiakiewicz, Montanari 2019: how far a network is from its limit is a matter of n, and not of the dimension. */
import { NORMAL_95, mean, sampleVariance } from '../../../core/analysis/statistics.ts';
import { ACTIVATIONS } from '../../../core/activations/activations.ts';
import type { Measured, Series } from '../../measure/measurement.ts';
import type { Curve, CurvePoint, Panel } from '../../measure/panel.ts';
import { prepare } from '../../prepare.ts';
import type { Held } from '../../run.ts';
import {
  aligned,
  costOf,
  familyOf,
  flowed,
  lossOf,
  memberIn,
  reduced,
  startOf,
  type Family,
  type Flow,
  type Member,
} from './erf-population.ts';
import type { Paper, Reproduction } from '../paper.ts';
import { alongRun, onEngine } from '../run.ts';

/** Widths over the configuration's, at its dimension; dimensions over its own, at the width of NARROW. */
const WIDTHS = [1 / 8, 1 / 4, 1 / 2, 1];
const DIMENSIONS = [1 / 4, 1 / 2, 1, 2, 4];
const NARROW = 1 / 4;
const SEEDS = 12;
/** Looks at the run that is drawn. */
const LOOKS = 9;
const TOLERANCE = { rate: 0.1, errors: 3, least: 0.02 } as const;
const THEORY =
  'gradient descent on the whole population from the same start, in closed form (core/analysis/population.ts)';

/** Loss of the full flow less that of the reduced dynamics, at the time t. */
async function gapOf(reproduction: Reproduction, family: Family, member: Member, t: number): Promise<number> {
  const start = startOf(await prepare(memberIn(family, member), reproduction.files));
  const full = await flowed(reproduction, reproduction.spoiled ? aligned(start) : start, t);
  return lossOf(full) - lossOf(await flowed(reproduction, reduced(start), t));
}

/** f of neurons at rows of inputs. */
function outputsOf({ units: { outer, inner }, problem: { d } }: Flow, x: Float64Array): Float64Array {
  const { phi } = ACTIVATIONS.erf;
  return Float64Array.from({ length: x.length / d }, (_, row) =>
    outer.reduce((sum, a, i) => {
      let h = 0;
      for (let k = 0; k < d; k++) h += inner[i * d + k] * x[row * d + k];
      return sum + (a * phi(h)) / outer.length;
    }, 0),
  );
}

interface Seen {
  readonly t: number;
  readonly full: number;
  readonly reduced: number;
  /** The engine's loss on the population, and its standard error: the full flow's and what it has beside it at the rows held out. */
  readonly descent: number;
  readonly error: number;
}

/** The configuration's own run beside the flow and the reduced dynamics. */
async function followed(reproduction: Reproduction, family: Family, end: number): Promise<Seen[]> {
  const prepared = await prepare(family.config, reproduction.files);
  const { x, y }: Held = prepared.test!;
  let full = startOf(prepared);
  let few = reduced(full);
  let now = 0;
  return onEngine(reproduction, prepared.problem, (engine) => {
    const times = Array.from({ length: LOOKS }, (_, k) => (end * k) / (LOOKS - 1));
    return alongRun(reproduction, engine, times, async (t) => {
      full = await flowed(reproduction, full, t - now);
      few = await flowed(reproduction, few, t - now);
      now = t;
      const [f, limit] = [await engine.predict(x), outputsOf(full, x)];
      const beside = Array.from(y, (value, i) => ((f[i] - value) ** 2 - (limit[i] - value) ** 2) / 2);
      return {
        t,
        full: lossOf(full),
        reduced: lossOf(few),
        descent: lossOf(full) + mean(beside),
        error: Math.sqrt(sampleVariance(beside) / beside.length),
      };
    });
  });
}

async function run(reproduction: Reproduction): Promise<Measured> {
  const { config, seed } = reproduction;
  const family = familyOf(config);
  const { width } = config.model;
  const end = config.dynamics.dt * config.dynamics.steps;
  const widths = scaled(width, WIDTHS);
  const dimensions = scaled(family.dimension, DIMENSIONS);
  const narrow = Math.max(2, Math.round(NARROW * width));
  const { dimension: d } = family;
  const members = [...widths.map((n) => ({ n, d })), ...dimensions.map((of) => ({ n: narrow, d: of }))];
  reproduction.expect(
    members.reduce((sum, one) => sum + SEEDS * costOf(one.n, one.d), LOOKS * costOf(width, d)),
  );
  const seen = await followed(reproduction, family, end);
  const series = async (
    name: string,
    abscissa: string,
    expected: number,
    members: readonly Omit<Member, 'seed'>[],
  ) => {
    const levels = [];
    for (const member of members) {
      const values: number[] = [];
      // a replica's seed is that of all levels: they share their first neurons
      for (let k = 0; k < SEEDS; k++)
        values.push(await gapOf(reproduction, family, { ...member, seed: seed + 1000 * k }, end));
      levels.push({ n: member.n, x: abscissa === 'n' ? member.n : member.d, values });
    }
    return { name, abscissa, expected, tolerance: TOLERANCE.rate, levels } satisfies Series;
  };
  const name = (x: string): string =>
    `loss less that of the reduced dynamics against ${x} at t = ${+end.toPrecision(6)}`;
  const inWidth = await series(
    `${name('n')}, d = ${d}`,
    'n',
    -1,
    widths.map((n) => ({ n, d })),
  );
  const inDimension = await series(
    `${name('d')}, n = ${narrow}`,
    'd',
    0,
    dimensions.map((of) => ({ n: narrow, d: of })),
  );
  const last = seen.at(-1)!;
  return {
    series: [inWidth, inDimension],
    checks: [
      {
        name: `loss of one pass at t = ${+end.toPrecision(6)} over the flow’s`,
        value: last.descent / last.full,
        expected: 1,
        tolerance: Math.max(TOLERANCE.least, (TOLERANCE.errors * last.error) / last.full),
        theory: THEORY,
      },
    ],
    panels: [alongPanel(seen, width)],
  };
}

/** Different whole numbers of about these shares, of which the least is 2. */
const scaled = (whole: number, shares: readonly number[]): number[] => [
  ...new Set(shares.map((share) => Math.max(2, Math.round(share * whole)))),
];

function alongPanel(seen: readonly Seen[], n: number): Panel {
  const curve = (name: string, mark: Curve['mark'], of: (one: Seen) => Omit<CurvePoint, 'x'>): Curve => ({
    name,
    mark,
    points: seen.map((one) => ({ x: one.t, ...of(one) })),
  });
  return {
    title: 'loss on the whole population',
    x: { title: 't' },
    y: { title: 'loss', log: true },
    curves: [
      curve('reduced dynamics', 'line', (one) => ({ y: one.reduced })),
      curve(`the flow, n = ${n}`, 'line', (one) => ({ y: one.full })),
      curve('one pass of gradient descent, 95 %', 'dots', ({ descent, error }) => ({
        y: descent,
        low: descent - NORMAL_95 * error,
        high: descent + NORMAL_95 * error,
      })),
    ],
  };
}

export const MMN_DIMENSION_FREE: Paper = {
  citations: [
    {
      authors: 'Mei, Misiakiewicz, Montanari',
      year: 2019,
      title: 'Mean-field theory of two-layers neural networks: dimension-free bounds and kernel limit',
      url: 'https://arxiv.org/abs/1902.06015',
    },
  ],
  claim:
    'The loss of n neurons exceeds that of the reduced dynamics of what they have along the teacher by a part that falls as 1/n and does not depend on the number of inputs.',
  look: 'The cloud grows along ⟨w0, u1⟩, the teacher’s direction (dashed), and hardly along the weight of x1, one of two hundred that tell little.',
  differs:
    'Sizes and teacher are of our own design: the paper proves bounds; gradient descent on the whole population, in closed form, stands for one pass, whose noise would hide the difference.',
  control:
    'a start that is not isotropic: beside the teacher’s direction all w0 are parallel, with the sign of w1',
  run,
};
