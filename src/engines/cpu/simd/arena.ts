/** Arrays laid one after the other in the memory of a module's instance, which grows as needed. */
import type { KernelExports, Precision } from './layout.ts';
import { ARRAYS } from './samples.ts';

const PAGE = 2 ** 16;
/** Arrays start at multiples of a cache line. */
const LINE = 64;

/** An array and its address. */
export interface Place<P extends Precision = Precision> {
  readonly at: number;
  readonly numbers: InstanceType<(typeof ARRAYS)[P]>;
}

/** Bytes that arrays of such lengths take. */
export const bytesOf = (lengths: Readonly<Record<string, number>>, precision: Precision): number =>
  Object.values(lengths).reduce(
    (sum, length) => sum + aligned(length * ARRAYS[precision].BYTES_PER_ELEMENT),
    0,
  );

const aligned = (bytes: number): number => Math.ceil(bytes / LINE) * LINE;

/** Arrays of such lengths; what lay there before is void. */
export function place<K extends string, P extends Precision>(
  { memory, free }: Pick<KernelExports, 'memory' | 'free'>,
  lengths: Readonly<Record<K, number>>,
  precision: P,
): Record<K, Place<P>> {
  const start = aligned(free());
  const missing = start + bytesOf(lengths, precision) - memory.buffer.byteLength;
  if (missing > 0) memory.grow(Math.ceil(missing / PAGE));
  let at = start;
  const places = {} as Record<K, Place<P>>;
  for (const name of Object.keys(lengths) as K[]) {
    const numbers = new ARRAYS[precision](memory.buffer, at, lengths[name]) as Place<P>['numbers'];
    places[name] = { at, numbers };
    at += aligned(numbers.byteLength);
  }
  return places;
}
