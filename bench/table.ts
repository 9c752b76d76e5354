/** Rows as text for a terminal or a README. */
import type { Duel } from './race/duels.ts';
import type { Share } from './race/limits.ts';
import type { RunnerInfo } from './race/runner.ts';
import { caseText, type Case } from './race/cases.ts';
import { aligned, markdown, power, three } from './words.ts';

export interface Measured {
  readonly error: number;
  readonly tolerance: number;
  /** Steps of the check, and of each batch that was timed. */
  readonly checkedSteps: number;
  readonly batch: number;
  readonly rounds: number;
  /** Milliseconds a step: median, and the quartiles. */
  readonly ms: number;
  readonly low: number;
  readonly high: number;
  readonly pairsPerSecond: number;
  readonly bytesPerSecond: number;
  readonly shares: readonly Share[];
  /** This runner's time over that of the fastest of ours in the same rounds. */
  readonly timesOurs: number;
  /** Time of the yardstick over this runner's, per pair. */
  readonly yardsticks: number | null;
}

export interface Row {
  readonly case: Case;
  readonly where: string;
  readonly info: Pick<RunnerInfo, 'name'> & Partial<RunnerInfo>;
  readonly ours: boolean;
  readonly measured?: Measured;
  /** Why there is no time. */
  readonly skipped?: string;
  /** It was refused because its result is wrong. */
  readonly wrong?: boolean;
}

const COLUMNS: Readonly<Record<string, (row: Row & { measured: Measured }) => string>> = {
  φ: (row) => row.case.activation,
  n: (row) => power(row.case.n),
  m: (row) => String(row.case.m),
  d: (row) => (row.case.bias ? `${row.case.d}, bias` : String(row.case.d)),
  who: (row) => row.info.name,
  how: (row) => row.info.method ?? '',
  where: (row) => row.where,
  device: (row) =>
    row.info.software && !row.info.device?.includes('software')
      ? `${row.info.device} (software)`
      : (row.info.device ?? ''),
  bits: (row) => (row.info.precision ?? '').replace('float', ''),
  'ms/step': ({ measured: { ms, low, high } }) => `${three(ms)} (${three(low)}–${three(high)})`,
  'Mpairs/s': ({ measured }) => three(measured.pairsPerSecond / 1e6),
  'θ MB/s': ({ measured }) => three(measured.bytesPerSecond / 1e6),
  'vs plain JS': ({ measured }) => (measured.yardsticks === null ? '' : `${three(measured.yardsticks)}×`),
  'vs our best': ({ measured }) => `${three(measured.timesOurs)}×`,
  error: ({ measured }) => measured.error.toExponential(0),
  limit: limitOf,
};

function limitOf({ info: { software, name }, measured: { shares } }: Row & { measured: Measured }): string {
  if (shares.length > 0) return `${shares[0].limit} ${Math.round(100 * shares[0].share)} %`;
  return software ? 'software adapter: no limit stated' : /webgpu/.test(name) ? 'card not known' : '';
}

const hasTime = (row: Row): row is Row & { measured: Measured } => row.measured !== undefined;

function cells(rows: readonly Row[]): string[][] {
  const timed = rows.filter(hasTime);
  const names = Object.keys(COLUMNS).filter(
    (name) => name !== 'limit' || timed.some((row) => limitOf(row) !== ''),
  );
  return [names, ...timed.map((row) => names.map((name) => COLUMNS[name](row)))];
}

/** One line a row that was not timed. */
export function skips(rows: readonly Row[]): string[] {
  return rows.flatMap(({ case: given, info: { name, method }, where, skipped }) =>
    skipped === undefined
      ? []
      : [`not timed: ${[name, method].filter(Boolean).join(' ')} (${where}), ${caseText(given)}: ${skipped}`],
  );
}

export function duelLine({ title, case: given, ours, peer, ratio }: Duel): string {
  return `${title}, ${caseText(given)}: our best (${ours}) is ${three(ratio)}× as fast as the best peer (${peer})`;
}

const HOW =
  'Medians (quartiles) of interleaved rounds; checked against float64 before timing: the error is relative to how far θ moved.';

export const textTable = (rows: readonly Row[]): string => aligned(cells(rows));
export const markdownTable = (rows: readonly Row[]): string => markdown(cells(rows));

/** The table under a line that says what its numbers are; nothing where nothing was timed. */
export const tableOf = (rows: readonly Row[], { markdown: asMarkdown }: { markdown: boolean }): string[] =>
  rows.some(hasTime) ? [HOW, '', asMarkdown ? markdownTable(rows) : textTable(rows)] : [];
