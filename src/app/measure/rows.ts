/** What was found, a row for each slope and each check: measured, expected, the verdict. */
import { expectation, wantsReplicas, type Verdict } from '../../experiments/measure/judge.ts';
import type { Answer } from './subjects.ts';
import { say } from '../say.ts';

export type Row = {
  readonly name: string;
  readonly value: string;
  readonly expected: string;
  readonly verdict: Verdict;
  readonly fit: NonNullable<Answer['fits']>[number] | null;
};

export const VERDICTS: Readonly<Record<Verdict, string>> = {
  holds: `✓ ${say('holds')}`,
  fails: `✗ ${say('fails')}`,
  undecided: `? ${say('undecided')}`,
};
/** The verdict in a sentence. */
export function sentenceOn({ verdict, fits }: Answer): string {
  if (verdict === 'holds') return say('holds');
  if (verdict === 'fails') return say('does not hold');
  return wantsReplicas(fits)
    ? say('is undecided: more replicas would tell')
    : say('is undecided: its slopes say why');
}

export const short = (value: number): string => String(+value.toPrecision(4)).replace('-', '−');

export function rowsOf({ fits = [], checks = [] }: Answer): Row[] {
  return [
    ...fits.map((fit) => ({
      name: fit.name,
      fit,
      verdict: fit.verdict,
      value: `${short(fit.slope)} [${short(fit.low)}, ${short(fit.high)}]`,
      expected: expectation(fit, short),
    })),
    ...checks.map((check) => ({
      name: check.name,
      fit: null,
      verdict: check.verdict,
      value: short(check.value),
      expected: expectation(check, short),
    })),
  ];
}
