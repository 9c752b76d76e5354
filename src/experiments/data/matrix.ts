/** Columns and rows of numbers, from one to the other. */

/** Columns [k][rows] as a row-major matrix [rows, k]; of some rows alone where they are named. */
export function rowMajor(columns: readonly Float64Array[], rows: Int32Array | null = null): Float64Array {
  const k = columns.length;
  const count = rows ? rows.length : columns[0].length;
  const x = new Float64Array(k * count);
  for (const [c, column] of columns.entries())
    for (let i = 0; i < count; i++) x[i * k + c] = column[rows ? rows[i] : i];
  return x;
}

/** A row-major matrix [rows, k] as a list of rows. */
export function rowMajorRows(x: Float64Array, k: number): number[][] {
  return Array.from({ length: x.length / k }, (_, i) => Array.from(x.subarray(i * k, (i + 1) * k)));
}
