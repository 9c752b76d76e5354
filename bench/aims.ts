/**
 * What is asked of our speeds on a processor of two cores: `npm run bench -- --aims` holds each against its aim.
 * A figure is how many times as long the other takes, the median over rounds in which both have a turn; the other
 * is the yardstick, a plain double loop on one thread (plain.ts), or numpy.
 */
import type { EngineName } from '../src/engines/engine.ts';
import type { METHOD_CHOICES } from '../src/core/config/config.ts';
import { caseText, type Case, type Timed } from './race/cases.ts';
import { ENGINES } from './race/engines.ts';
import type { Held } from './held.ts';
import type { Python } from './python/python.ts';
import { race, type Entrant, type Pace } from './race/session.ts';
import type { Row } from './table.ts';

type Method = (typeof METHOD_CHOICES)[number];

export interface Aim {
  readonly case: Case;
  /** By name: it may be one that is not there yet. */
  readonly engine: string;
  readonly method: Method;
  /** Absent: the yardstick. */
  readonly peer?: string;
  readonly least: number;
}

const WIDE = { n: 4096, m: 256 };
const FAST = { n: 1e6, d: 2 };

const direct = (activation: Timed, sizes: Omit<Case, 'activation'>, least: number): Aim => ({
  case: { activation, ...sizes },
  engine: 'cpu',
  method: 'direct',
  least,
});

/** The two data sets of a fast method: its grid or its sectors are others where the last input is the bias. */
const fast = (activation: Timed, m: number, least: number): Aim[] =>
  [true, false].map((bias) => ({ ...direct(activation, { ...FAST, m, bias }, least), method: 'auto' }));

/** relu against numpy; float32 within a factor of 2.5. */
const products = (d: number): Aim[] => [
  { ...direct('relu', { ...WIDE, d }, 1), peer: 'numpy float64' },
  { ...direct('relu', { ...WIDE, d }, 1 / 2.5), engine: 'cpu32', peer: 'numpy float32' },
];

export const AIMS: readonly Aim[] = [
  direct('relu', { ...FAST, m: 256 }, 8),
  direct('tanh', { ...FAST, m: 256 }, 5),
  direct('relu', { ...WIDE, d: 100 }, 12),
  direct('tanh', { ...WIDE, d: 100 }, 8),
  ...products(100),
  ...products(784),
  ...fast('tanh', 256, 250),
  ...fast('tanh', 1024, 600),
  ...fast('relu', 256, 39),
  ...fast('relu', 1024, 172),
];

export interface Field {
  readonly ours: (engine: EngineName, method: Method) => Entrant;
  readonly peers: readonly Entrant[];
  readonly missing: Python['missing'];
  readonly pace: Pace;
}

export interface Findings {
  readonly held: Held[];
  readonly rows: Row[];
  /** A line for each aim that could not be measured here, with the reason. */
  readonly leftOut: string[];
}

export async function holdAims(aims: readonly Aim[], field: Field): Promise<Findings> {
  const found: Findings = { held: [], rows: [], leftOut: [] };
  for (const aim of aims) {
    const what = `${caseText(aim.case)}: ${aim.engine} ${aim.method} against ${aim.peer ?? 'the plain loop'}`;
    const racers = racersOf(aim, field);
    if (typeof racers === 'string') {
      found.leftOut.push(`left out: ${what}: ${racers}`);
      continue;
    }
    const { rows } = await race(aim.case, racers, field.pace, new Map());
    found.rows.push(...rows);
    const skipped = rows.find((row) => row.skipped !== undefined);
    if (skipped) found.leftOut.push(`left out: ${what}: ${skipped.info.name}: ${skipped.skipped}`);
    else found.held.push({ what, measured: figureOf(aim, rows), limit: aim.least, least: true, unit: '×' });
  }
  return found;
}

/** Ours and its peer, or why there is no such race. */
function racersOf({ engine, method, peer }: Aim, { ours, peers, missing }: Field): Entrant[] | string {
  const known = ENGINES.find((name) => name === engine);
  if (known === undefined) return `there is no engine ${engine} here`;
  if (peer === undefined) return [ours(known, method)];
  const other = peers.find(({ name }) => name === peer);
  if (other) return [ours(known, method), other];
  return missing.map(({ reason }) => reason)[0] ?? `there is no ${peer} here`;
}

function figureOf({ peer }: Aim, rows: readonly Row[]): number {
  const measured = rows.find((row) => row.ours === (peer === undefined))?.measured;
  return (peer === undefined ? measured?.yardsticks : measured?.timesOurs) ?? NaN;
}
