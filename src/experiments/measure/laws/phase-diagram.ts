/** The plane of parameterizations: exponents of the first step at points (a, κ), with theory's lines. */
import { displacements, POINTS } from './condensation.ts';
import { advance, overReplicas, particles } from '../ensemble.ts';
import { expectedExponent, paired, SLOWED } from './exponents.ts';
import { beforeOf, movedSince, type Size } from '../moved.ts';
import { fittedSlope } from '../../../core/analysis/statistics.ts';
import {
  FEWEST_LEVELS,
  TOLERANCE,
  type Context,
  type Measured,
  type Measurement,
  type Series,
} from '../measurement.ts';
import { euler, evenWidths, noNoise, ownDraws, smooth, innerProduct } from '../requirements.ts';

const A = [0.5, 0.625, 0.75, 0.875, 1];
const KAPPA = [0, 0.25, 0.5, 0.75, 1];
const SIZES = ['Δh', 'Δf'] as const satisfies readonly Size[];
/** Greatest rate n^(κ−a) η0 over the widths: the exponents are of first order in it. */
const LARGEST = 0.02;

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

async function run(context: Context): Promise<Measured> {
  const { widths, replicas } = context;
  const series: Series[] = [];
  const seen: NonNullable<Measured['seen']>[number][] = [];
  context.expect((A.length * KAPPA.length + POINTS.length) * particles(widths, replicas));
  for (const a of A)
    for (const kappa of KAPPA) {
      const found = await firstSteps(context, a, kappa);
      const own = SIZES.map((size): Series => ({
        name: `${size}, a = ${a}, κ = ${kappa}`,
        abscissa: 'n',
        expected: expectedExponent(size, { a, kappa }),
        tolerance: TOLERANCE.exponent,
        levels: widths.map((n, i) => ({ n, x: n, values: found[i].map((sizes) => sizes[size]) })),
      }));
      series.push(...own);
      seen.push({ a, kappa, ...Object.fromEntries(SIZES.map((size, i) => [size, exponentOf(own[i])])) });
    }
  const later = await displacements(context);
  for (const [i, point] of POINTS.entries()) seen.push({ ...point, RD: exponentOf(later[i]) });
  return { series: [...series, ...later], checks: [], seen };
}

const exponentOf = ({ levels }: Series): number =>
  fittedSlope(
    levels.map(({ n }) => n),
    levels.map(({ values }) => mean(values)),
  );

/** Sizes of each replica's first step at each width, η0 the same at all of them. */
async function firstSteps(context: Context, a: number, kappa: number): Promise<Record<Size, number>[][]> {
  const { config, widths, replicas } = context;
  const dt = LARGEST / Math.max(...widths.map((n) => n ** (kappa - a)));
  const found = [];
  const own = { ...paired(config, { a, kappa }), dynamics: { ...config.dynamics, dt } };
  for (const n of widths) {
    found.push(
      await overReplicas(context, { config: own, n, replicas }, async (engine) => {
        const before = await beforeOf(engine);
        await advance(context, engine, 1);
        return movedSince(before, engine);
      }),
    );
  }
  return found;
}

export const PHASE_DIAGRAM: Measurement = {
  summary:
    'Exponents of Δh and Δf in the first step at 25 points of the (a, κ) plane, and of how far features go in the whole training at 12 points of the plane of prefactor and initial deviation, with theory’s lines between the phases.',
  law: 'Δh = Θ(n^(κ−a)), Δf = Θ(n^(κ−2a+1)) for a ≥ 1/2: neurons move on κ = a and above, f on κ = 2a − 1 and above (docs/model.md, Dynamics); with w drawn times n^(−b), relu and γ = a + 2b, |w0(T) − w0(0)| / |w0(0)| = Θ(n^(γ−1)) below γ = 1 (linear), Θ(1) on it (critical), Θ(n^((γ−1)/2)) above (condensed; fact 15 there)',
  defaults: {
    config: { data: { dataset: 'curve', samples: 6 }, model: { activation: 'tanh' }, method: 'direct' },
    widths: [256, 384, 512, 768, 1024],
    replicas: 64,
  },
  fewestWidths: FEWEST_LEVELS,
  requires: [ownDraws, noNoise, euler, evenWidths, smooth, innerProduct],
  control: SLOWED,
  figure: 'phases',
  run,
};
