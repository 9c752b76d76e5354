/** docs/model.md, fact 7: the output of n particles comes as near to the limit's as n independent draws would. */
import { complete, mergeConfig, type Config } from '../../../core/config/config.ts';
import { mean, meanOf } from '../../../core/analysis/statistics.ts';
import type { Engine } from '../../../engines/engine.ts';
import { advance, difference, outputsOf, overReplicas, particles, rms } from '../ensemble.ts';
import {
  FEWEST_LEVELS,
  TOLERANCE,
  type Context,
  type Lab,
  type Measured,
  type Measurement,
  type Series,
} from '../measurement.ts';
import type { Curve } from '../panel.ts';
import { sharedDraws } from '../reference.ts';
import { steadied } from '../steady.ts';
import { drawnApart, meanField, noNoise, ownDraws } from '../requirements.ts';
import { SOON, UNTIL_LEARNED } from './soon.ts';

/** Particles of the reference, in units of the greatest width. */
const REFERENCE = 4;
/** Distinct particles of the control. */
const DISTINCT = 16;

/** Looks at f, as shares of T. */
const LOOKS = [0, 1 / 8, 1 / 4, 1 / 2, 1];
export const looksAt = ({ steps }: Config['dynamics']): number[] => [
  ...new Set(LOOKS.map((share) => Math.round(share * steps))),
];

/** f at each look, for each replica. */
export async function outputsAlong(
  { config }: Pick<Context, 'config'>,
  lab: Lab,
  engine: Engine,
): Promise<Float64Array[][]> {
  const seen: Float64Array[][] = [];
  let at = 0;
  for (const step of looksAt(config.dynamics)) {
    await advance(lab, engine, step - at);
    at = step;
    seen.push(await outputsOf(engine));
  }
  return seen[0].map((_, k) => seen.map((outputs) => outputs[k]));
}
export const timesOf = ({ config: { dynamics } }: Pick<Context, 'config'>): number[] =>
  looksAt(dynamics).map((step) => +(step * dynamics.dt).toPrecision(6));

async function outputsOver(
  context: Context,
  system: System,
  n: number,
  spoiled: boolean,
): Promise<OutputsFound[number]> {
  return overReplicas(context, { ...system, n, ...(spoiled && { alter: sharedDraws(DISTINCT) }) }, (engine) =>
    outputsAlong(system, context, engine),
  );
}

interface System {
  readonly config: Config;
  readonly replicas: number;
}

/** Distances at all looks, and the largest along each run; how they go in time, as curves. */
async function measured(context: Context, system: System, name: string) {
  const { widths, spoiled } = context;
  const N = REFERENCE * widths.at(-1)!;
  const reference = await outputsOver(context, system, N, false);
  const found: OutputsFound[number][] = [];
  for (const n of widths) found.push(await outputsOver(context, system, n, spoiled));
  const times = timesOf(system);
  const series = nestedAndIndependent({
    widths,
    times,
    found,
    reference,
    exponent: -1,
    nested: { name: '1/(1/n − 1/N)', x: (n) => 1 / (1 / n - 1 / N) },
    independent: { name: '1/(1/n + 1/N)', x: (n) => 1 / (1 / n + 1 / N) },
  });
  const nested = series.filter((one) => one.name.startsWith('nested'));
  return { sup: supOf(nested, name), series, curve: growthOf(nested, times, name) };
}

/** E sup_t: of each replica the largest over the looks. */
function supOf(nested: readonly Series[], name: string): Series {
  const [first] = nested;
  return {
    ...first,
    name: `sup over t, ${name}`,
    levels: first.levels.map((level, i) => ({
      ...level,
      values: level.values.map((_, k) => Math.max(...nested.map(({ levels }) => levels[i].values[k]))),
    })),
  };
}

/** (1/n − 1/N)^(−1) E‖f_n − f_N‖² against t, the mean over widths. */
const growthOf = (nested: readonly Series[], times: readonly number[], name: string): Curve => ({
  name,
  mark: 'dots',
  points: nested.map(({ levels }, i) => {
    const constants = levels[0].values.map((_, k) => mean(levels.map(({ x, values }) => x * values[k])));
    const { value, low, high } = meanOf(constants);
    return { x: times[i], y: value, low, high };
  }),
});

/** Where features are still being found the constant grows: by e^(ct) from where it was least to where it was largest afterwards. */
function growthIn({ name, points }: Curve): NonNullable<Measured['seen']>[number] {
  const least = points.reduce((p, q) => (q.y < p.y ? q : p));
  const most = points.filter(({ x }) => x >= least.x).reduce((p, q) => (q.y > p.y ? q : p));
  const grows = most.x > least.x && most.low! > least.high!;
  return {
    seen: grows ? 'the constant grows' : 'the constant falls',
    system: name,
    from: grows ? least.x : points[0].x,
    to: grows ? most.x : least.x,
    c: grows
      ? Math.log(most.y / least.y) / (most.x - least.x)
      : Math.log(least.y / points[0].y) / (least.x - points[0].x),
    sup: Math.max(...points.map(({ y }) => y)),
  };
}

/** Beside what is learned soon, what is learned late, in shorter steps where these are not stable. */
const LATE = {
  data: { dataset: 'moons', samples: 8 },
  dynamics: { dt: 1, steps: 48 },
} as const;
/** Share of the replicas: its constants are seen, and one slope. */
const FEWER = 1 / 4;

async function run(context: Context): Promise<Measured> {
  const { config, given, widths, replicas } = context;
  const isOwn = given.data === undefined && given.preset === undefined;
  const late = { config: complete(mergeConfig(config, LATE)), replicas: Math.ceil(FEWER * replicas) };
  const widest = widths.at(-1)!;
  const every = [...widths, REFERENCE * widest];
  context.expect(particles(every, replicas) + (isOwn ? particles(every, late.replicas) : 0));
  const own = await measured(context, { config, replicas }, 'as configured');
  const beside = async () => {
    const steady = { ...late, config: await steadied(context, late.config, widest) };
    return measured(context, steady, `${LATE.data.dataset}, learned late`);
  };
  const others = isOwn ? [await (context.learned?.aside(beside) ?? beside())] : [];
  const all = [own, ...others];
  return {
    series: [...own.series, ...all.map(({ sup }) => sup)],
    checks: [],
    panels: [
      {
        title: 'constant of 1/n − 1/N in E‖f_n − f_N‖² along the run',
        x: { title: 't' },
        y: { title: 'mean over widths', log: true },
        curves: all.map(({ curve }) => curve),
      },
    ],
    seen: all.map(({ curve }) => growthIn(curve)),
  };
}

/** f [m] at each time, of each replica at each width. */
export type OutputsFound = readonly (readonly (readonly ArrayLike<number>[])[])[];

interface Abscissa {
  readonly name: string;
  readonly x: (n: number) => number;
}

/** Replica k of each width and the reference's have the same draws as far as they go. */
export function nestedAndIndependent({
  widths,
  times,
  found,
  reference,
  exponent,
  ...abscissas
}: {
  readonly widths: readonly number[];
  readonly times: readonly number[];
  readonly found: OutputsFound;
  readonly reference: OutputsFound[number];
  /** Of both distances in their x. */
  readonly exponent: number;
  readonly nested: Abscissa;
  readonly independent: Abscissa;
}): Series[] {
  const of = (kind: keyof typeof abscissas, t: number, time: number, shift: number): Series => ({
    name: `${kind} reference, t = ${t}`,
    abscissa: abscissas[kind].name,
    expected: exponent,
    tolerance: TOLERANCE.rate,
    levels: widths.map((n, i) => ({
      n,
      x: abscissas[kind].x(n),
      values: found[i].map(
        (seen, k) => rms(difference(seen[time], reference[(k + shift) % reference.length][time])) ** 2,
      ),
    })),
  });
  // the reference of the next replica is independent of this one's draws
  return times.flatMap((t, time) => [of('nested', t, time, 0), of('independent', t, time, 1)]);
}

export const LAW_OF_LARGE_NUMBERS: Measurement = {
  summary:
    'Mean square distance of f from that of a wide reference, whose draws contain the n particles’ or are independent of them, against n at several times, and its largest along the run; how its constant goes in time, where the limit is learned soon and where late.',
  law: 'E sup_t ‖f^(n)_t − f_t‖² = Θ(1/n); against N particles proportional to 1/n − 1/N if the draws are nested, to 1/n + 1/N if they are independent; the constant may grow like e^(ct) while features are found (docs/model.md, fact 7)',
  defaults: {
    config: {
      ...SOON,
      dynamics: UNTIL_LEARNED,
    },
    widths: [48, 96, 192, 384, 768],
    replicas: 512,
  },
  fewestWidths: FEWEST_LEVELS,
  requires: [ownDraws, noNoise, meanField, drawnApart],
  control: { summary: `draws shared in blocks of n/${DISTINCT}` },
  run,
};
