/** Yang–Hu's symmetry: (a, b, c) → (a + s, b − s, c − 2s) in all layers leaves f_t as it is. */
import { abcOf, type Abc, type Parameterization } from '../../../core/parameterizations.ts';
import type { Engine } from '../../../engines/engine.ts';
import { advance, overReplicas, particles, rms, type Ensemble } from '../ensemble.ts';
import { nameOf } from './exponents.ts';
import type { Check, Context, Lab, Measured, Measurement } from '../measurement.ts';
import { misprinted } from '../misprint.ts';
import { innerProduct, noNoise, ownDraws } from '../requirements.ts';
import { EPSILON } from '../rounding.ts';
import { SOON, UNTIL_LEARNED } from './soon.ts';

export const SHIFTS = [-1 / 2, 1 / 2, 1];
export const shifted = ({ a, b, c }: Abc, s: number): Parameterization => ({
  abc: { a: [a[0] + s, a[1] + s], b: [b[0] - s, b[1] - s], c: c - 2 * s },
});

/**
 * At n = 4^k factors n^(s/2) are powers of two, which change no bit; elsewhere f differs by what rounding grows
 * to along the run.
 */
const isPowerOfFour = (n: number): boolean => Number.isInteger(Math.log2(n) / 2);
const isHalf = (s: number): boolean => Number.isInteger(2 * s);
const GROWTH = 2 ** 12;

/** f [R, m] after every step. */
async function path(context: Lab, engine: Engine, steps: number): Promise<Float64Array[]> {
  const outputs = [await engine.f()];
  for (let k = 0; k < steps; k++) {
    await advance(context, engine, 1);
    outputs.push(await engine.f());
  }
  return outputs;
}

const greatest = (paths: readonly Float64Array[], others: readonly Float64Array[]): number =>
  paths.reduce(
    (worst, f, k) => f.reduce((most, value, a) => Math.max(most, Math.abs(value - others[k][a])), worst),
    0,
  );

/** How far f comes from that of the parameterization in the ensemble's configuration when it is shifted by each s. */
export async function symmetryChecks(
  context: Lab,
  { config, n, replicas }: Ensemble,
  shift = shifted,
): Promise<Check[]> {
  const base = config.parameterization;
  let precision: keyof typeof EPSILON = 'float64';
  const pathOf = (parameterization: Parameterization) =>
    overReplicas(context, { config: { ...config, parameterization }, n, replicas }, (engine) => {
      precision = engine.info.precision;
      return path(context, engine, config.dynamics.steps);
    });
  const plain = await pathOf(base);
  const abc = abcOf(base);
  const exact = isPowerOfFour(n) && [...abc.a, ...abc.b, abc.c].every(isHalf);
  const checks: Check[] = [];
  for (const s of SHIFTS)
    checks.push({
      name: `greatest difference of f, ${nameOf(base)}, s = ${s}, n = ${n}`,
      value: greatest(plain, await pathOf(shift(abc, s))),
      expected: 0,
      tolerance: exact ? 0 : GROWTH * EPSILON[precision] * rms(...plain),
    });
  return checks;
}

async function run(context: Context): Promise<Measured> {
  const { config, given, widths, replicas } = context;
  const bases: Parameterization[] =
    given.parameterization === undefined ? ['mean-field', 'ntk'] : [config.parameterization];
  context.expect(bases.length * (1 + SHIFTS.length) * particles(widths, replicas));
  const checks: Check[] = [];
  for (const parameterization of bases)
    for (const n of widths)
      checks.push(...(await symmetryChecks(context, { config: { ...config, parameterization }, n, replicas })));
  return { series: [], checks };
}

export const ABC_SYMMETRY: Measurement = {
  summary:
    'Shifted parameterizations give the same f at every step: bit for bit at n = 4^k, to rounding elsewhere.',
  law: '(a, b, c) → (a + s, b − s, c − 2s) in all layers leaves f_t unchanged (docs/model.md, Dynamics; Yang, Hu 2020)',
  defaults: {
    config: { ...SOON, dynamics: UNTIL_LEARNED },
    widths: [64, 100, 256, 1024],
    replicas: 64,
  },
  fewestWidths: 1,
  requires: [ownDraws, noNoise, innerProduct],
  control: {
    summary: 'the lecture notes’ misprint in the w0 equation, which breaks the symmetry',
    open: misprinted,
  },
  run,
};
