/** Laws that are asked of cells that stand alone: one added here is in SWEEP.json's `measure`, the report and its tests. */
import { ConfigError, type Config } from '../../core/config/config.ts';
import { abcOf } from '../../core/parameterizations.ts';
import { fluctuations } from '../measure/laws/clt.ts';
import { nestedAndIndependent } from '../measure/laws/law-of-large-numbers.ts';
import {
  FEWEST_LEVELS,
  FEWEST_REPLICAS,
  TOLERANCE,
  type Measured,
  type Measurement,
} from '../measure/measurement.ts';
import { MEASUREMENTS } from '../measure/registry.ts';
import { meanField } from '../measure/requirements.ts';
import type { Expanded, Family } from './expand.ts';
import type { Outcome } from './outcome.ts';

/** What cells of a family have come to: one with every seed at every width. */
export interface Gathered {
  readonly scaling: Scaling;
  /** Ascending. */
  readonly widths: readonly number[];
  readonly times: readonly number[];
  /** Of each width, in the order of the seeds. */
  readonly outcomes: readonly (readonly Outcome[])[];
  /** Particles of the system whose path drives copies. */
  readonly reference: number | null;
}

/** Of f = n^(−a) Σ w1 φ and the rate n^κ. */
interface Scaling {
  readonly a: number;
  readonly kappa: number;
}

export interface Law {
  readonly title: string;
  readonly law: string;
  /** Copies along the limit's residual path are moved, too. */
  readonly driven: boolean;
  readonly measured: (gathered: Gathered) => Measured;
}

/** The reference is so many times as wide as what is held to it. */
const APART = 4;
/** Widths that are held to the widest. */
const fittedOf = (widths: readonly number[]): number[] => widths.filter((n) => APART * n <= widths.at(-1)!);

/** x for which a quantity that should go like `size` goes like x^p; p = 0 leaves n. */
const abscissa =
  (p: number, size: (n: number) => number) =>
  (n: number): number =>
    Math.abs(p) < 1e-9 ? n : size(n) ** (1 / p);

export const LAWS = {
  'law-of-large-numbers': {
    title: 'Law of large numbers',
    law: 'E‖f_n − f_N‖² falls like n^(1−2a), against a reference of N neurons with nested and with independent draws (docs/model.md, fact 7)',
    driven: false,
    measured: ({ scaling: { a }, widths, times, outcomes }) => {
      const N = widths.at(-1)!;
      const e = 1 - 2 * a;
      const series = nestedAndIndependent({
        widths: fittedOf(widths),
        times,
        found: outcomes.map((replicas) => replicas.map(({ f }) => f)),
        reference: outcomes.at(-1)!.map(({ f }) => f),
        exponent: e,
        nested: { x: abscissa(e, (n) => n ** e * (1 - 2 * (n / N) ** a) + N ** e), name: '1/(1/n − 1/N)' },
        independent: { x: abscissa(e, (n) => n ** e + N ** e), name: '1/(1/n + 1/N)' },
      });
      // without a limit that is not random, nested draws have no power law
      return {
        series: e < 0 ? series : series.filter(({ name }) => name.startsWith('independent')),
        checks: [],
      };
    },
  },
  clt: {
    title: 'Central limit theorem',
    law: 'n^(2a−1) Var f_n tends to a constant and f_n to a normal law (docs/model.md, fact 13)',
    driven: false,
    measured: ({ scaling: { a }, widths, times, outcomes }) =>
      fluctuations(
        widths,
        times,
        outcomes.map((replicas) => replicas.map(({ f }) => f)),
        1 - 2 * a,
      ),
  },
  coupling: {
    title: 'Coupling',
    law: 'neurons and copies of them that the residual path of a wide reference drives part by (1/n) Σ|θ_j − θ̄_j|² ∝ n^(2κ−4a+1) (docs/model.md, fact 6, with θ’ = n^(κ−a) b)',
    driven: true,
    measured: ({ scaling: { a, kappa }, widths, times, outcomes, reference }) => {
      const N = reference!;
      const e = 1 - 2 * a;
      const p = 2 * (kappa - a) + e;
      const x = abscissa(p, (n) => n ** (2 * (kappa - a)) * (n ** e + N ** e));
      return {
        series: times.slice(1).map((t, i) => ({
          name: `(1/n) Σ|θ_j − θ̄_j|², t = ${t}`,
          abscissa: 'n, with the reference’s share taken off',
          expected: p,
          tolerance: TOLERANCE.rate,
          levels: widths.flatMap((n, at) =>
            APART * n <= N ? [{ n, x: x(n), values: outcomes[at].map(({ apart }) => apart![i + 1]) }] : [],
          ),
        })),
        checks: [],
      };
    },
  },
} as const satisfies Record<string, Law>;

export type LawName = keyof typeof LAWS;
export const LAW_NAMES = Object.keys(LAWS) as LawName[];

/** Null where the parameterization has a prefactor and a rate beside which something else depends on n. */
export function scalingOf({ parameterization }: Config): Scaling | null {
  const { a, b, c } = abcOf(parameterization);
  return a[0] === 0 && b[0] === 0 && b[1] === 0 ? { a: a[1], kappa: -c } : null;
}

/** Throws a ConfigError where a law cannot be asked of cells like these. */
export function checkLaws(names: readonly LawName[], { families, seeds }: Expanded): void {
  if (names.length === 0) return;
  const widths = families[0].groups.map(({ n }) => n);
  if (fittedOf(widths).length < FEWEST_LEVELS)
    throw new ConfigError(
      `grid["model.width"] = ${widths.join(', ')}: ${names.join(', ')} ${names.length > 1 ? 'need' : 'needs'} at least ${FEWEST_LEVELS} widths of at most a quarter of the widest, which is their reference: give more`,
    );
  if (seeds.length < FEWEST_REPLICAS)
    throw new ConfigError(
      `grid["initial.seed"] has ${seeds.length} seeds: an interval needs at least ${FEWEST_REPLICAS}, give as many, as { "first": 1, "last": ${FEWEST_REPLICAS} }`,
    );
  for (const name of names) for (const family of families) checkFamily(name, family, widths, seeds.length);
}

function checkFamily(name: LawName, { groups }: Family, widths: readonly number[], replicas: number): void {
  const { config } = groups[0];
  const { requires = [] }: Measurement = MEASUREMENTS[name];
  const refusals = requires
    .filter((requirement) => requirement !== meanField)
    .map((requirement) => requirement(config, widths, replicas));
  const refusal = refusals.find((one) => one !== null) ?? scalingRefusal(config);
  if (refusal !== null) throw new ConfigError(`measure ${name}: ${refusal}`);
}

/** Theory has powers of n alone where f itself moves at a rate that does not depend on n. */
function scalingRefusal(config: Config): string | null {
  const scaling = scalingOf(config);
  const said = JSON.stringify(config.parameterization);
  if (!scaling)
    return `parameterization = ${said} scales more than prefactor and rate: give a name or { "a", "kappa" }`;
  const { a, kappa } = scaling;
  return a >= 1 / 2 && a <= 1 && Math.abs(kappa - (2 * a - 1)) < 1e-9
    ? null
    : `parameterization = ${said} has a = ${a}, κ = ${kappa}, and f moves at a rate that depends on n unless κ = 2a − 1 and a is from 1/2 to 1: give "ntk", "mean-field" or { "a": 0.75, "kappa": 0.5 }, for example`;
}
