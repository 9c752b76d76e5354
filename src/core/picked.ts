type Numbers = Float64Array | Float32Array | Uint32Array;

/** Some rows of values [rows, width], in the order of `index`. */
export function picked<A extends Numbers>(values: A, index: ArrayLike<number>, width: number): A {
  const some = new (values.constructor as new (length: number) => A)(index.length * width);
  for (let i = 0; i < index.length; i++)
    some.set(values.subarray(index[i] * width, (index[i] + 1) * width), i * width);
  return some;
}

/** At most `most` of 0 … rows − 1, evenly spaced, the first one among them. */
export function evenly(rows: number, most: number): number[] {
  const every = Math.ceil(rows / most);
  return Array.from({ length: Math.ceil(rows / every) }, (_, i) => i * every);
}

/** `count` of 0 … rows − 1, spaced as evenly as whole numbers are. */
export const spread = (rows: number, count: number): number[] =>
  Array.from({ length: count }, (_, i) => Math.floor((i * rows) / count));
