/** What was timed, as Markdown. */
import type { MethodName } from '../../src/core/methods/methods.ts';
import { caseText } from '../race/cases.ts';
import { markdown, three } from '../words.ts';
import type { MethodTimes } from './methods.ts';
import { variantText, type VariantTime } from './passes.ts';
import { rowText, type KernelRow, type MethodRow } from './rows.ts';

const verdict = (time: number, aim: number | undefined): string =>
  aim === undefined ? '' : `≤ ${aim}: ${time <= aim ? 'met' : 'missed'}`;

/** A line for each variant, the fastest step of a case first, beside its aim where aims count. */
export function kernelTable(
  rows: readonly { readonly row: KernelRow; readonly times: readonly VariantTime[] }[],
  held: boolean,
): string {
  const lines = rows.flatMap(({ row, times }) =>
    [...times]
      .sort((p, q) => p.step - q.step)
      .map(({ variant, step, launches, kernels }, i) => [
        rowText(row),
        variantText(variant),
        String(launches),
        three(step),
        held && i === 0 ? verdict(step, row.aim) : '',
        Object.entries(kernels)
          .map(([name, time]) => `${name} ${three(time)}`)
          .join(', '),
      ]),
  );
  return markdown([['sums', 'kernel', 'launches', 'ms/step', 'aim', 'its passes, each alone, ms'], ...lines]);
}

/** An approximate method is to be that many times as fast before it is taken. */
const WORTH_AN_ERROR = 1.5;

/** Whether `auto` takes the fastest, or an exact one that an approximate one does not beat by enough. */
export function isRight({ auto, times }: Pick<MethodTimes, 'auto' | 'times'>): boolean {
  const weighed = ([name, time]: [string, number]): number => time * (name === 'mesh' ? WORTH_AN_ERROR : 1);
  const all = Object.entries(times);
  const best = Math.min(...all.map(weighed));
  return weighed([auto, times[auto]!]) <= 1.1 * best;
}

export function methodTable(
  rows: readonly (MethodTimes & { readonly row: MethodRow })[],
  held: boolean,
): string {
  const lines = rows.map(({ row, times, errors, auto, why }) => [
    caseText(row.given),
    Object.entries(times)
      .map(
        ([name, time]) =>
          `${name} ${three(time)}${name in errors ? ` (error ${errors[name as MethodName]!.toExponential(0)})` : ''}`,
      )
      .join(', '),
    auto,
    held ? (isRight({ auto, times }) ? 'right' : 'WRONG') : '',
    held
      ? Object.entries(row.aims ?? {})
          .map(([name, aim]) => `${name} ${verdict(times[name as MethodName]!, aim)}`)
          .join('; ')
      : '',
    why,
  ]);
  return markdown([['methods', 'ms/step', 'auto takes', '', 'aim', 'because'], ...lines]);
}
