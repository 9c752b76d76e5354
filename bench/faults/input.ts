/** Input that nobody should make, and how soon it is taken or refused: in this process. */
import { parseLink } from '../../src/app/links/link.ts';
import { readSheet } from '../../src/io/table/read.ts';
import { TableError } from '../../src/io/table/error.ts';
import { hostileLink } from '../../tests/support/hostile/links.ts';
import { seeded } from '../../tests/support/seeded.ts';
import { quantile } from '../frame/trace.ts';
import type { Held } from '../held.ts';

const LINKS = 2000;

/** Of this process: what else runs on the machine is no part of it. */
function milliseconds(work: () => unknown): number {
  const from = process.cpuUsage();
  try {
    work();
  } catch (error) {
    if (!(error instanceof TableError)) throw error;
  }
  const { user, system } = process.cpuUsage(from);
  return (user + system) / 1000;
}

const columns = (count: number): string => {
  const line = (cell: (k: number) => string): string => Array.from({ length: count }, (_, k) => cell(k)).join();
  return [line((k) => `x${k}`), line(() => '1'), line(() => '2'), ''].join('\n');
};

export function inputFaults(only: string): Held[] {
  const random = seeded(3);
  const [quarter, hundredThousand, million] = [25_000, 1e5, 1e6].map(columns);
  const [letters, zeros] = [0x41, 0].map((byte) => new Uint8Array(1e8).fill(byte));
  const cases: readonly (readonly [what: string, limit: number, measured: () => number, unit?: string])[] = [
    [
      `(36) a hostile link, the slowest but one of a hundred`,
      5,
      () =>
        quantile(
          Array.from({ length: LINKS }, () => `#${hostileLink(random)}`).map((link) =>
            milliseconds(() => parseLink(link)),
          ),
          0.99,
        ),
    ],
    [
      '(37) a table of 4 times as many columns, 10⁵: time',
      8,
      () => {
        readSheet(quarter); // both are read by code that is compiled
        return milliseconds(() => readSheet(hundredThousand)) / milliseconds(() => readSheet(quarter));
      },
      '×',
    ],
    ['(37) a table of 10⁶ columns, refused', 2000, () => milliseconds(() => readSheet(million))],
    ['(37) 100 MB without a line break', 200, () => milliseconds(() => readSheet(letters))],
    ['(37) 100 MB of zeros', 200, () => milliseconds(() => readSheet(zeros))],
  ];
  return cases
    .filter(([what]) => what.includes(only))
    .map(([what, limit, measured, unit = 'ms']) => ({ what, measured: measured(), limit, unit }));
}
