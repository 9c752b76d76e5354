/** Sizes of the first step, and of a fixed time, against n: the table of parameterizations. */
import type { Config, ConfigInput } from '../../../core/config/config.ts';
import { PARAMETERIZATIONS, type Parameterization } from '../../../core/parameterizations.ts';
import { mean } from '../../../core/analysis/statistics.ts';
import type { Problem } from '../../../engines/engine.ts';
import { r2OfLoss } from '../../data/encoding.ts';
import { UNLEARNED } from '../learned.ts';
import { sharedDraws } from '../reference.ts';
import { beforeOf, movedSince, SIZES, type Size } from '../moved.ts';
import { SOON, UNTIL_LEARNED } from './soon.ts';
import { advance, outputsOf, overReplicas, particles, rms } from '../ensemble.ts';
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
  evenWidths,
  noNoise,
  ownDraws,
  smooth,
  type Requirement,
  innerProduct,
} from '../requirements.ts';

export interface Exponents {
  readonly a: number;
  readonly kappa: number;
}

/** The last row of the table in docs/model.md, Dynamics. */
export const expectedExponent = (size: Size | 'f_0', { a, kappa }: Exponents): number =>
  size === 'f_0' ? 1 / 2 - a : size === 'Δf' ? kappa - 2 * a + 1 : kappa - a;

export function exponentsOf(parameterization: Parameterization): Exponents | null {
  const given = typeof parameterization === 'string' ? PARAMETERIZATIONS[parameterization] : parameterization;
  return 'abc' in given ? null : given;
}

export const outputAndRate: Requirement = ({ parameterization }) =>
  exponentsOf(parameterization)
    ? null
    : 'parameterization.abc: the table of exponents is about a and κ, give a name or { "a": …, "kappa": … }';

/** The ensemble that was asked for: in pairs, where nobody has said otherwise. */
export const isPaired = ({ initial }: ConfigInput): boolean => initial?.antithetic ?? true;

/** Pairs (w1, w0), (−w1, w0): f_0 = 0, so that r and with it every size has hardly any spread. */
export const paired = (config: Config, parameterization: Parameterization, antithetic = true): Config => ({
  ...config,
  parameterization,
  initial: { ...config.initial, antithetic },
});

const REGIMES: Record<string, Parameterization> = {
  ...Object.fromEntries(Object.keys(PARAMETERIZATIONS).map((name) => [name, name as Parameterization])),
  'a = 0.75, κ = 0.5': { a: 0.75, kappa: 0.5 },
};
/** At a fixed time the exponents need κ ≤ 2a − 1 and n ≥ 2¹⁰, and hold within this. */
const LATER = { width: 2 ** 10, tolerance: 0.05 };
/**
 * f_0 is one random function a replica, so that its size takes more of them; of smaller systems, over twice as
 * many octaves.
 */
const MORE_REPLICAS = 16;
const startWidths = (widths: readonly number[]): number[] =>
  widths.map((n) => Math.max(1, Math.round(n ** 2 / (4 * widths.at(-1)!))));

async function run(context: Context): Promise<Measured> {
  const { config, given, widths, replicas } = context;
  const regimes =
    given.parameterization === undefined
      ? Object.entries(REGIMES)
      : [[nameOf(config.parameterization), config.parameterization] as const];
  context.expect(
    regimes.length * (particles(widths, replicas) + particles(startWidths(widths), replicas * MORE_REPLICAS)),
  );
  const series: Series[] = [];
  const seen: NonNullable<Measured['seen']>[number][] = [];
  for (const [name, parameterization] of regimes) {
    const { series: own, r2 } = await stepSeries(context, name, parameterization);
    series.push(...own, await startSeries(context, name, parameterization));
    seen.push({ seen: 'R² at the end of the run, at the greatest n', parameterization: name, r2 });
  }
  return { series, checks: [], seen };
}

/**
 * Control: the rate of every particle is √n too small, and with it all slopes of steps by 1/2; draws are shared in blocks, so
 * that f_0 does not average.
 */
const slowed = (problem: Problem): Problem => ({ ...problem, speed: problem.speed / Math.sqrt(problem.n) });
export const SLOWED = {
  summary: 'the learning rate is √n too small in the engine: slopes of steps are 1/2 too small',
  spoil: slowed,
} as const;
/** Distinct particles at the start of the control. */
const DISTINCT = 16;

/** R² of the run, or why there is none. */
function learnedIn(
  parameterization: Parameterization,
  losses: readonly number[] | null,
  y: Float64Array,
): number | string {
  const { a, kappa } = exponentsOf(parameterization)!;
  if (kappa < 2 * a - 1) return UNLEARNED;
  if (!losses) return kappa > 2 * a - 1 ? 'κ > 2a − 1: f diverges in a fixed time as n grows' : 'one step only';
  return mean(losses.map((loss) => r2OfLoss(loss, y, 1)));
}

export function nameOf(parameterization: Parameterization): string {
  if (typeof parameterization === 'string') return parameterization;
  return 'abc' in parameterization
    ? `abc = ${JSON.stringify(parameterization.abc)}`
    : `a = ${parameterization.a}, κ = ${parameterization.kappa}`;
}

/** The first step and, where the law speaks of it, the configuration's last. */
async function stepSeries(
  context: Context,
  name: string,
  parameterization: Parameterization,
): Promise<{ readonly series: Series[]; readonly r2: number | string }> {
  const { config, widths, replicas } = context;
  const { steps, dt } = config.dynamics;
  const claimed = exponentsOf(parameterization)!;
  const { a, kappa } = claimed;
  let losses: number[] | null = null;
  let y: Float64Array = new Float64Array(0);
  const first: Record<Size, number>[][] = [];
  const last: Record<Size, number>[][] = [];
  const later = kappa <= 2 * a - 1 && steps > 1 ? widths.filter((n) => n >= LATER.width) : [];
  for (const n of widths) {
    const found = await overReplicas(
      context,
      { config: paired(config, parameterization), n, replicas },
      async (engine) => {
        const before = await beforeOf(engine);
        await advance(context, engine, 1);
        const step = await movedSince(before, engine);
        if (!later.includes(n)) return step.map((one) => [one]);
        await advance(context, engine, steps - 1);
        const end = await movedSince(before, engine);
        if (n === widths.at(-1) && engine.problem.loss === 'squared')
          [losses, y] = [[...(losses ?? []), engine.loss], engine.problem.y];
        return step.map((one, k) => [one, end[k]]);
      },
    );
    first.push(found.map(([one]) => one));
    if (later.includes(n)) last.push(found.map(([, end]) => end));
  }
  const fit = (
    when: string,
    tolerance: number,
    at: readonly number[],
    found: Record<Size, number>[][],
  ): Series[] =>
    SIZES.map((size) => ({
      name: `${size} ${when}, ${name}`,
      abscissa: 'n',
      expected: expectedExponent(size, claimed),
      tolerance,
      levels: at.map((n, i) => ({ n, x: n, values: found[i].map((sizes) => sizes[size]) })),
    }));
  return {
    series: [
      ...fit('of the first step', TOLERANCE.exponent, widths, first),
      ...(later.length >= FEWEST_LEVELS
        ? fit(`at t = ${+(steps * dt).toPrecision(6)}`, LATER.tolerance, later, last)
        : []),
    ],
    r2: learnedIn(parameterization, losses, y),
  };
}

async function startSeries(
  context: Context,
  name: string,
  parameterization: Parameterization,
): Promise<Series> {
  const config = {
    ...context.config,
    parameterization,
    initial: { ...context.config.initial, antithetic: false },
  };
  const levels = [];
  for (const n of startWidths(context.widths)) {
    const values = await overReplicas(
      context,
      {
        config,
        n,
        replicas: context.replicas * MORE_REPLICAS,
        ...(context.spoiled && { alter: sharedDraws(DISTINCT) }),
      },
      async (engine) => (await outputsOf(engine)).map((f) => rms(f)),
    );
    levels.push({ n, x: n, values });
  }
  return {
    name: `f_0, ${name}`,
    abscissa: 'n',
    expected: expectedExponent('f_0', exponentsOf(parameterization)!),
    tolerance: TOLERANCE.exponent,
    levels,
  };
}

export const EXPONENTS: Measurement = {
  summary: 'Sizes of Δh, Δf, Δw1, Δw0 in the first step and at a fixed time, and of f_0, against n.',
  law: 'Δh, Δw1, Δw0 = Θ(n^(κ−a)) and Δf = Θ(n^(κ−2a+1)) in the first step, at a fixed time where κ ≤ 2a − 1; f_0 = Θ(n^(1/2−a)) (docs/model.md, Dynamics)',
  defaults: {
    config: {
      ...SOON,
      dynamics: UNTIL_LEARNED,
    },
    widths: [1024, 1536, 2048, 3072, 4096],
    replicas: 64,
  },
  fewestWidths: FEWEST_LEVELS,
  requires: [ownDraws, noNoise, euler, evenWidths, outputAndRate, smooth, innerProduct],
  control: SLOWED,
  run,
};
