/** Some rows of values [rows, width], in the order of `index`. */
export function picked(values: Float64Array, index: readonly number[], width: number): Float64Array {
  const some = new Float64Array(index.length * width);
  index.forEach((row, i) => some.set(values.subarray(row * width, (row + 1) * width), i * width));
  return some;
}

/** At most `most` of 0 … rows − 1, evenly spaced, the first one among them. */
export function evenly(rows: number, most: number): number[] {
  const every = Math.ceil(rows / most);
  return Array.from({ length: Math.ceil(rows / every) }, (_, i) => i * every);
}
