/** What every replica gave, as arrays: what slopes are fitted to. result.json says what each row of them is. */
import type { Series } from '../experiments/measure/measurement.ts';
import { encodeNpy } from '../io/npy.ts';

export interface Raw {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** What result.json has of it. */
  readonly said: {
    readonly file: string;
    readonly shape: readonly [number, number];
    readonly columns: string;
    /** Of each row: whose it is, and where. */
    readonly rows: readonly { readonly fit: string; readonly n: number; readonly x: number }[];
  };
}

const COLUMNS =
  'a value of each replica, in the order of their seeds, or of each block of equally many of them; the slope is that of log |mean of the row| / root against log x';

/** One array [rows, values] for all rows with so many values. */
export function rawOf(series: readonly Series[]): Raw[] {
  const rows = series.flatMap(({ name, levels }) =>
    levels.map(({ n, x, values }) => ({ row: { fit: name, n, x }, values })),
  );
  return [...new Set(rows.map(({ values }) => values.length))].map((count) => {
    const own = rows.filter(({ values }) => values.length === count);
    const shape = [own.length, count] as const;
    const name = `replicas-${count}.npy`;
    const numbers = new Float64Array(own.length * count);
    own.forEach(({ values }, i) => numbers.set(values, i * count));
    return {
      name,
      bytes: encodeNpy(numbers, shape),
      said: { file: name, shape, columns: COLUMNS, rows: own.map(({ row }) => row) },
    };
  });
}
