/** Sizes of the first step, and of a fixed time, against n: the table of parameterizations. */
import type { Config } from '../../../core/config/config.ts';
import { rowsOf, shapeOf } from '../../../core/shape.ts';
import { PARAMETERIZATIONS, type Parameterization } from '../../../core/parameterizations.ts';
import type { Engine } from '../../../engines/engine.ts';
import { advance, difference, outputsOf, overReplicas, particles, rms, thetasOf } from '../ensemble.ts';
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

interface Exponents {
  readonly a: number;
  readonly kappa: number;
}
export const SIZES = ['Δh', 'Δf', 'Δw1', 'Δw0'] as const;
export type Size = (typeof SIZES)[number];

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

/**
 * Root mean squares of what moved since `before`, for each replica. Δh is linear in Δw0: no cancellation in
 * float32.
 */
export async function movedSince(before: Before, engine: Engine): Promise<Record<Size, number>[]> {
  const { d, x } = engine.problem;
  const shape = shapeOf(engine.problem);
  const { w1, w0, width } = shape;
  const outputs = await outputsOf(engine);
  return (await thetasOf(engine)).map((theta, k) => {
    const step = difference(theta, before.thetas[k]);
    const rows = rowsOf(step, shape);
    const moment = new Float64Array(d * d);
    let square1 = 0;
    let square0 = 0;
    for (let row = 0; row < step.length; row += width) {
      square1 += step[row + w1] ** 2;
      for (let c = 0; c < d; c++)
        for (let e = 0; e < d; e++) moment[c * d + e] += step[row + w0 + c] * step[row + w0 + e];
    }
    for (let c = 0; c < d; c++) square0 += moment[c * d + c];
    return {
      Δh: Math.sqrt(quadratic(moment, x, d) / (rows * (x.length / d))),
      Δf: rms(difference(outputs[k], before.outputs[k])),
      Δw1: Math.sqrt(square1 / rows),
      Δw0: Math.sqrt(square0 / (rows * d)),
    };
  });
}

export interface Before {
  readonly thetas: Awaited<ReturnType<typeof thetasOf>>;
  readonly outputs: readonly Float64Array[];
}
export const beforeOf = async (engine: Engine): Promise<Before> => ({
  thetas: await thetasOf(engine),
  outputs: await outputsOf(engine),
});

/** Σ_α ⟨x^α, M x^α⟩. */
function quadratic(M: Float64Array, x: Float64Array, d: number): number {
  let sum = 0;
  for (let a = 0; a < x.length; a += d)
    for (let c = 0; c < d; c++) for (let e = 0; e < d; e++) sum += x[a + c] * M[c * d + e] * x[a + e];
  return sum;
}

/** Pairs (w1, w0), (−w1, w0): f_0 = 0, so that r and with it every size has hardly any spread. */
export const paired = (config: Config, parameterization: Parameterization): Config => ({
  ...config,
  parameterization,
  initial: { ...config.initial, antithetic: true },
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
  for (const [i, [name, parameterization]] of regimes.entries()) {
    const wrong = regimes[(i + 1) % regimes.length][1];
    const claimed = exponentsOf(
      context.spoiled ? (regimes.length > 1 ? wrong : 'compensated') : parameterization,
    )!;
    series.push(
      ...(await stepSeries(context, name, parameterization, claimed)),
      await startSeries(context, name, parameterization, claimed),
    );
  }
  return { series, checks: [] };
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
  claimed: Exponents,
): Promise<Series[]> {
  const { config, widths, replicas } = context;
  const { steps, dt } = config.dynamics;
  const { a, kappa } = exponentsOf(parameterization)!;
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
  return [
    ...fit('of the first step', TOLERANCE.exponent, widths, first),
    ...(later.length >= FEWEST_LEVELS
      ? fit(`at t = ${+(steps * dt).toPrecision(6)}`, LATER.tolerance, later, last)
      : []),
  ];
}

async function startSeries(
  context: Context,
  name: string,
  parameterization: Parameterization,
  claimed: Exponents,
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
      { config, n, replicas: context.replicas * MORE_REPLICAS },
      async (engine) => (await outputsOf(engine)).map((f) => rms(f)),
    );
    levels.push({ n, x: n, values });
  }
  return {
    name: `f_0, ${name}`,
    abscissa: 'n',
    expected: expectedExponent('f_0', claimed),
    tolerance: TOLERANCE.exponent,
    levels,
  };
}

export const EXPONENTS: Measurement = {
  summary: 'Sizes of Δh, Δf, Δw1, Δw0 in the first step and at a fixed time, and of f_0, against n.',
  law: 'Δh, Δw1, Δw0 = Θ(n^(κ−a)) and Δf = Θ(n^(κ−2a+1)) in the first step, at a fixed time where κ ≤ 2a − 1; f_0 = Θ(n^(1/2−a)) (docs/model.md, Dynamics)',
  defaults: {
    config: {
      data: { dataset: 'curve', samples: 12 },
      model: { activation: 'tanh' },
      dynamics: { dt: 0.1, steps: 10 },
      method: 'direct',
    },
    widths: [1024, 1536, 2048, 3072, 4096],
    replicas: 64,
  },
  fewestWidths: FEWEST_LEVELS,
  requires: [ownDraws, noNoise, euler, evenWidths, outputAndRate, smooth, innerProduct],
  control: { summary: 'the row of another parameterization' },
  run,
};
