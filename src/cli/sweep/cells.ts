/** A sweep's cells as a table: what they are, and what they have come to. */
import { parquetWriteBuffer } from 'hyparquet-writer';
import { SEED, WIDTH } from '../../core/config/sweep.ts';
import { valueWords, type Expanded, type Settings } from '../../experiments/sweep/expand.ts';
import { isDiverged, type Diverged, type Outcome } from '../../experiments/sweep/outcome.ts';
import type { SweepFolder, SweepPlan } from './folder.ts';

export interface CellRow {
  readonly address: string;
  readonly chunk: number;
  readonly settings: Settings;
  readonly n: number;
  readonly seed: number;
  readonly result: Outcome | Diverged | null;
}

/** In the order in which they are planned: families, widths, seeds. */
export function cellRows(folder: SweepFolder, { families, seeds }: Expanded): CellRow[] {
  const addresses = folder.plan.chunks.flatMap(({ cells }, at) =>
    cells.map((address) => ({ address, chunk: at + 1 })),
  );
  const cells = families.flatMap(({ settings, groups }) =>
    groups.flatMap(({ n }) => seeds.map((seed) => ({ settings, n, seed }))),
  );
  return cells.map((cell, i) => ({ ...cell, ...addresses[i], result: folder.result(addresses[i].address) }));
}

type Cell = string | number | null;
export interface Column {
  readonly name: string;
  readonly kind: 'STRING' | 'INT32' | 'INT64' | 'DOUBLE';
  readonly values: readonly Cell[];
}

export const statusOf = ({ result }: CellRow): string =>
  result === null ? 'missing' : isDiverged(result) ? 'diverged' : 'done';

/** One column a path of the grid, then what was seen; null where nothing was. */
export function cellColumns(rows: readonly CellRow[], { grid }: Pick<SweepPlan, 'grid'>): Column[] {
  const column = (name: string, kind: Column['kind'], of: (row: CellRow) => Cell | undefined): Column => ({
    name,
    kind,
    values: rows.map((row) => of(row) ?? null),
  });
  const seen = (name: string, of: (outcome: Outcome) => number | undefined): Column =>
    column(name, 'DOUBLE', ({ result }) => (result && !isDiverged(result) ? of(result) : null));
  const source = (name: 'engine' | 'method' | 'precision' | 'adapter'): Column =>
    column(name, 'STRING', ({ result }) => (result && !isDiverged(result) ? result[name] : null));
  const paths = Object.keys(grid).filter((path) => path !== WIDTH && path !== SEED);
  return [
    column('cell', 'STRING', ({ address }) => address),
    column('chunk', 'INT32', ({ chunk }) => chunk),
    ...paths.map((path) => settingColumn(path, rows)),
    column(WIDTH, 'INT32', ({ n }) => n),
    column(SEED, 'INT64', ({ seed }) => seed),
    column('status', 'STRING', statusOf),
    column('failure', 'STRING', ({ result }) => (result && isDiverged(result) ? result.failure : null)),
    ...(['engine', 'method', 'precision', 'adapter'] as const).map(source),
    seen('loss0', ({ loss }) => loss[0]),
    seen('lossHalf', ({ loss }) => loss[1]),
    seen('loss', ({ loss }) => loss[2]),
    seen('testLoss', ({ testLoss }) => testLoss?.[2]),
    seen('apartHalf', ({ apart }) => apart?.[1]),
    seen('apart', ({ apart }) => apart?.[2]),
  ];
}

/** Numbers as numbers, all else in words. */
function settingColumn(path: string, rows: readonly CellRow[]): Column {
  const values = rows.map(({ settings }) => settings[path]);
  return values.every((value) => typeof value === 'number')
    ? { name: path, kind: 'DOUBLE', values }
    : { name: path, kind: 'STRING', values: values.map(valueWords) };
}

export const parquetOf = (columns: readonly Column[]): Uint8Array =>
  new Uint8Array(
    parquetWriteBuffer({
      columnData: columns.map(({ name, kind, values }) => ({
        name,
        type: kind,
        data: kind === 'INT64' ? values.map((value) => (value === null ? null : BigInt(value))) : [...values],
      })),
      createdBy: 'mckean',
    }),
  );
