/** What the cells that are there say of the laws: fits with intervals, for each family of cells. */
import type { Config } from '../../core/config/config.ts';
import { judge, worstOf, type Fit, type FitPoint, type Judgement, type Verdict } from '../measure/judge.ts';
import { FEWEST_LEVELS } from '../measure/measurement.ts';
import type { Expanded, Family, Settings } from './expand.ts';
import { LAWS, scalingOf, type Gathered, type Law, type LawName } from './laws.ts';
import { isDiverged, stepsOf, type Diverged, type Outcome } from './outcome.ts';

/** Of cell `seed` (its place among the seeds) of a group of a family; null where it is not there. */
export type ResultAt = (family: number, group: number, seed: number) => Outcome | Diverged | null;

/** A law, asked of a family. */
export interface Finding {
  readonly law: LawName;
  readonly settings: Settings;
  /** Widths and seeds of which every cell is there: what is fitted. */
  readonly widths: readonly number[];
  readonly seeds: number;
  /** Null where there is too little yet. */
  readonly judgement: Judgement | null;
}

export interface Study {
  readonly findings: readonly Finding[];
  /** Of all that is judged; null where nothing is. */
  readonly verdict: Verdict | null;
}

/** Fewest seeds of which an interval is made before all are there. */
const FEWEST_SEEDS = 8;
/** Of the bootstrap. */
const SEED = 1;

export function study(
  { families, seeds }: Expanded,
  measure: readonly LawName[],
  reference: number | null,
  resultAt: ResultAt,
): Study {
  const findings = families.flatMap((family, at) => {
    const gathered = gather(family, seeds.length, reference, (group, seed) => resultAt(at, group, seed));
    return measure.map((name): Finding => {
      const { widths, outcomes } = gathered;
      const count = outcomes[0]?.length ?? 0;
      return {
        law: name,
        settings: family.settings,
        widths,
        seeds: count,
        judgement: judged(LAWS[name], gathered),
      };
    });
  });
  const verdicts = findings.flatMap(({ judgement }) => judgement?.verdict ?? []);
  return { findings, verdict: verdicts.length > 0 ? worstOf(verdicts) : null };
}

function judged(law: Law, gathered: Gathered): Judgement | null {
  if (gathered.widths.length === 0 || gathered.outcomes[0].length < FEWEST_SEEDS) return null;
  const measured = law.measured(gathered);
  return measured.series.every(({ levels }) => levels.length >= FEWEST_LEVELS) ? judge(measured, SEED) : null;
}

/** The widths of which half of the seeds or more are there, and the seeds that all of those have. */
function gather(
  { groups }: Family,
  seeds: number,
  reference: number | null,
  resultAt: (group: number, seed: number) => Outcome | Diverged | null,
): Gathered {
  const { config } = groups[0];
  const cells = groups.map((_, group) =>
    Array.from({ length: seeds }, (__, seed) => {
      const found = resultAt(group, seed);
      return found && !isDiverged(found) ? found : null;
    }),
  );
  const there = (row: readonly (Outcome | null)[]): number => row.filter((cell) => cell !== null).length;
  const kept = groups.map((_, group) => group).filter((group) => 2 * there(cells[group]) >= seeds);
  const common = Array.from({ length: seeds }, (_, seed) => seed).filter((seed) =>
    kept.every((group) => cells[group][seed] !== null),
  );
  return {
    scaling: scalingOf(config) ?? { a: NaN, kappa: NaN },
    widths: kept.map((group) => groups[group].n),
    times: timesOf(config),
    outcomes: kept.map((group) => common.map((seed) => cells[group][seed]!)),
    reference,
  };
}

export const timesOf = (config: Config): number[] =>
  stepsOf(config).map((step) => +(step * config.dynamics.dt).toPrecision(6));

/** One slope of a family, with what is fitted in it and the time. */
export interface Rate {
  readonly law: LawName;
  readonly quantity: string;
  readonly t: number;
  readonly settings: Settings;
  readonly fit: Fit;
  readonly points: readonly FitPoint[];
}

/** Names are "what, t = time". */
const NAMED = /^(.*), t = ([^,]+)$/;

export const ratesOf = ({ findings }: Study): Rate[] =>
  findings.flatMap(({ law, settings, judgement }) =>
    (judgement?.fits ?? []).map((fit) => {
      const [, quantity, t] = NAMED.exec(fit.name)!;
      const points = judgement!.points.filter((point): point is FitPoint => point.fit === fit.name);
      return { law, quantity, t: Number(t), settings, fit, points };
    }),
  );
