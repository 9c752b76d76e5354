/** The two precisions of a kernel: what a vector of 128 bits holds, and how AssemblyScript spells it. */
export interface Lanes {
  /** Of a number. */
  readonly number: 'f64' | 'f32';
  /** The vector's operations. */
  readonly vector: 'f64x2' | 'f32x4';
  /** Bytes of a number, numbers in a vector. */
  readonly bytes: 8 | 4;
  readonly count: 2 | 4;
  /** A number in memory, in all lanes. */
  readonly splat: 'v128.load64_splat' | 'v128.load32_splat';
}

export const PRECISIONS = {
  f64: { number: 'f64', vector: 'f64x2', bytes: 8, count: 2, splat: 'v128.load64_splat' },
  f32: { number: 'f32', vector: 'f32x4', bytes: 4, count: 4, splat: 'v128.load32_splat' },
} as const satisfies Record<string, Lanes>;

export type Precision = keyof typeof PRECISIONS;

/** The sum over the lanes of a vector, pairs first. */
export const folded = ({ vector, count }: Lanes, name: string): string => {
  const lane = (k: number): string => `${vector}.extract_lane(${name}, ${k})`;
  const sum = (first: number, size: number): string =>
    size === 1 ? lane(first) : `(${sum(first, size / 2)} + ${sum(first + size / 2, size / 2)})`;
  return sum(0, count);
};

export const times = <T>(count: number, of: (k: number) => T): T[] =>
  Array.from({ length: count }, (_, k) => of(k));
export const lines = (count: number, of: (k: number) => string): string => times(count, of).join('\n');
