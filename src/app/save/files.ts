/** Names and texts of saved files. */
import { formatCsv } from '../../io/csv.ts';
import type { Table } from '../figures/figure.ts';
import type { Page } from '../page.ts';

/** What, which run, how wide, which step: mckean-tanh-curve-n16384-step120.npy; `what` tells one of several. */
export function fileName({ session }: Pick<Page, 'session'>, extension: string, what = ''): string {
  const { n, step } = session.metrics();
  const run = session.config().preset ?? 'own-data';
  return `${['mckean', run, `n${n}`, `step${step}`, what].filter(Boolean).join('-')}.${extension}`;
}

export function csv(table: Table): Blob {
  const names = Object.keys(table);
  const rows = Array.from(table[names[0]], (_, row) => names.map((column) => table[column][row]));
  return new Blob([formatCsv(names, rows)], { type: 'text/csv' });
}

/** 1234567 as "1.2 MB", 123456 as "123 kB". */
export function bytesText(bytes: number): string {
  const [scale, unit] = (
    [
      [1e9, 'GB'],
      [1e6, 'MB'],
      [1e3, 'kB'],
    ] as const
  ).find(([limit]) => bytes >= limit) ?? [1, 'bytes'];
  const size = bytes / scale;
  return `${scale > 1 && size < 9.95 ? size.toFixed(1) : Math.round(size)} ${unit}`;
}
