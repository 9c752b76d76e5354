/** What laws came to under many seeds, a line each in a file that goes on where it stopped; and its table. */
import { appendFileSync, existsSync, readFileSync, truncateSync } from 'node:fs';
import type { Verdict } from '../../src/experiments/measure/judge.ts';
import { markdown } from '../words.ts';

export interface Seen {
  readonly law: string;
  readonly seed: number;
  readonly control: boolean;
  /** Of the plan: another one is measured anew. */
  readonly order: string;
  /** Of the program. */
  readonly commit: string;
  readonly verdict: Verdict;
  readonly seconds: number;
  readonly r2: number | null;
  /** What did not hold: names of slopes and checks, each with its verdict and what was seen. */
  readonly off: readonly { readonly name: string; readonly verdict: Verdict; readonly value: number }[];
}

/** Lines that are whole; a last one that is not goes, so that the next begins a line of its own. */
export function readSeen(file: string): Seen[] {
  if (!existsSync(file)) return [];
  const text = readFileSync(file, 'utf8');
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
  if (whole.length < text.length) truncateSync(file, Buffer.byteLength(whole));
  return whole
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Seen);
}

export const keepSeen = (file: string, seen: Seen): void => appendFileSync(file, `${JSON.stringify(seen)}\n`);

/** Of all that were decided so many must hold, and of all so many may be undecided. */
export const LEAST_HELD = 0.97;
export const MOST_UNDECIDED = 0.05;

const count = (seen: readonly Seen[], verdict: Verdict): number =>
  seen.filter((one) => one.verdict === verdict).length;

function median(values: readonly number[]): number {
  const sorted = [...values].sort((p, q) => p - q);
  return sorted.length === 0 ? NaN : sorted[Math.floor(sorted.length / 2)];
}

const least = (seen: readonly Seen[]): string => {
  const known = seen.flatMap(({ r2 }) => r2 ?? []);
  return known.length === 0 ? '–' : Math.min(...known).toFixed(3);
};

/** Whether a law does what is asked of it. */
export function isSound(seen: readonly Seen[]): boolean {
  const own = seen.filter(({ control }) => !control);
  const decided = own.length - count(own, 'undecided');
  return (
    count(own, 'holds') >= LEAST_HELD * decided &&
    count(own, 'undecided') <= MOST_UNDECIDED * own.length &&
    seen.every(({ control, verdict }) => !control || verdict === 'fails')
  );
}

/** A row a law, in the order given, and one of all. */
export function tableOf(seen: readonly Seen[], laws: readonly string[]): string {
  const row = (name: string, all: readonly Seen[]): string[] => {
    const own = all.filter(({ control }) => !control);
    const controls = all.filter(({ control }) => control);
    return [
      name,
      ...(['holds', 'fails', 'undecided'] as const).map((verdict) => String(count(own, verdict))),
      own.length === 0 ? '–' : median(own.map(({ seconds }) => seconds)).toFixed(1),
      least(own),
      `${count(controls, 'fails')} of ${controls.length}`,
    ];
  };
  return markdown([
    ['law', 'held', 'failed', 'undecided', 'seconds', 'least R²', 'control failed'],
    ...laws.map((law) =>
      row(
        `\`${law}\``,
        seen.filter((one) => one.law === law),
      ),
    ),
    row('all', seen),
  ]);
}

/** What did not come out as it should, a line each. */
export const remarksOn = (seen: readonly Seen[]): string[] =>
  seen
    .filter(({ control, verdict }) => verdict !== (control ? 'fails' : 'holds'))
    .map(({ law, seed, control, verdict, off }) => {
      const worst = off
        .filter((one) => control || one.verdict === verdict)
        .slice(0, 3)
        .map(({ name, value }) => `${name}: ${+value.toPrecision(4)}`);
      return `- ${law}${control ? ', its control' : ''}, seed ${seed}: ${verdict}${worst.length > 0 ? ` (${worst.join('; ')})` : ''}`;
    });
