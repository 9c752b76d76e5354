/** What is asked of a speed: each measurement with its limit, and whether it holds. */
import { aligned } from './words.ts';

export interface Held {
  readonly what: string;
  readonly measured: number;
  readonly limit: number;
  /** `least`: no less than the limit; else no more. */
  readonly least?: boolean;
  readonly unit: string;
}

export const holds = ({ measured, limit, least = false }: Held): boolean =>
  least ? measured >= limit : measured <= limit;

/** A line for each, those that fail with a sign. */
export const heldTable = (all: readonly Held[]): string =>
  aligned([
    ['', 'measured', 'limit', ''],
    ...all.map((held) => [
      held.what,
      `${held.measured.toPrecision(3)} ${held.unit}`,
      `${held.least ? '≥' : '≤'} ${held.limit.toPrecision(3)} ${held.unit}`,
      holds(held) ? 'holds' : 'FAILS',
    ]),
  ]);
