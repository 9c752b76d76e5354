/** Names and texts of saved files. */
import type { Config } from '../../core/config/config.ts';
import { presetOf } from '../cloud/caption.ts';
import type { Page } from '../page.ts';
import { say } from '../say.ts';

/** What, which run, how wide, which step: mckean-tanh-curve-n16384-step120.npy; `what` tells one of several. */
export function fileName({ session }: Pick<Page, 'session'>, extension: string, what = ''): string {
  const { n, step } = session.metrics();
  const run = runName(session.config());
  return `${['mckean', run, `n${n}`, `step${step}`, what].filter(Boolean).join('-')}.${extension}`;
}

/** The run in a name of a file: its preset while it has that one's data, else what the data are called. */
export function runName(config: Config): string {
  const { data } = config;
  const preset = presetOf(config);
  if (preset !== null) return preset;
  if ('dataset' in data) return data.dataset;
  const file =
    'csv' in data
      ? data.csv
          .split(/[\\/]/)
          .at(-1)!
          .replace(/\.[^.]*$/, '')
      : '';
  const own = file || ('inline' in data && data.inline.title) || '';
  const words = own.match(/[\p{L}\p{N}]+/gu)?.join('-');
  return words?.slice(0, LONGEST) ?? 'own-data';
}

/** Characters of what data are called, in the name of a file. */
const LONGEST = 40;

/** 1234567 as "1.2 MB", 123456 as "123 kB". */
export function bytesText(bytes: number): string {
  const [scale, unit] = (
    [
      [1e9, 'GB'],
      [1e6, 'MB'],
      [1e3, 'kB'],
    ] as const
  ).find(([limit]) => bytes >= limit) ?? [1, say('bytes')];
  const size = bytes / scale;
  return `${scale > 1 && size < 9.95 ? size.toFixed(1) : Math.round(size)} ${unit}`;
}
