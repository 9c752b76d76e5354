/** The header of a .npy file: a dictionary as one of many Pythons writes it. */

/** A file that is not what it should be: one sentence. */
export class NpyError extends Error {
  override readonly name = 'NpyError';
}

interface Numbers {
  readonly bytes: number;
  /** One number, of the little end. */
  readonly read: (view: DataView, at: number) => number;
  /** The array that has such numbers; without one they are converted. */
  readonly view?: Float32ArrayConstructor | Float64ArrayConstructor;
}

const TYPES = {
  float64: { bytes: 8, view: Float64Array, read: (view, at) => view.getFloat64(at, true) },
  float32: { bytes: 4, view: Float32Array, read: (view, at) => view.getFloat32(at, true) },
  float16: { bytes: 2, read: (view, at) => float16(view.getUint16(at, true)) },
  int64: { bytes: 8, read: (view, at) => Number(view.getBigInt64(at, true)) },
  int32: { bytes: 4, read: (view, at) => view.getInt32(at, true) },
  int16: { bytes: 2, read: (view, at) => view.getInt16(at, true) },
  int8: { bytes: 1, read: (view, at) => view.getInt8(at) },
  uint64: { bytes: 8, read: (view, at) => Number(view.getBigUint64(at, true)) },
  uint32: { bytes: 4, read: (view, at) => view.getUint32(at, true) },
  uint16: { bytes: 2, read: (view, at) => view.getUint16(at, true) },
  uint8: { bytes: 1, read: (view, at) => view.getUint8(at) },
} as const satisfies Record<string, Numbers>;
export type NumberType = keyof typeof TYPES;
export const NUMBER_TYPES: Readonly<Record<NumberType, Numbers>> = TYPES;

/** Sign, five bits of exponent, ten of mantissa. */
function float16(bits: number): number {
  const exponent = (bits >> 10) & 31;
  const mantissa = bits & 1023;
  const size =
    exponent === 31
      ? mantissa === 0
        ? Infinity
        : NaN
      : exponent === 0
        ? mantissa * 2 ** -24
        : (1024 + mantissa) * 2 ** (exponent - 25);
  return bits >> 15 ? -size : size;
}

export interface Header {
  readonly type: NumberType;
  readonly fortran: boolean;
  readonly shape: readonly number[];
}

/** As Python spells it, whole. */
export const spelledShape = (shape: readonly number[]): string =>
  shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`;

export function readHeader(header: string): Header {
  const field = (name: string, value: string): string | undefined =>
    new RegExp(`['"]${name}['"]\\s*:\\s*${value}`).exec(header)?.[1];
  if (field('descr', '(\\[)') !== undefined)
    throw new NpyError('its rows are records (a structured type): save plain numbers, one array of float64');
  const descr = field('descr', '[\'"]([^\'"]*)[\'"]');
  const order = field('fortran_order', '(True|False)');
  const shape = field('shape', '\\(((?:[^()]|\\(\\s*\\d+\\s*\\)){0,999})\\)');
  if (descr === undefined || order === undefined || shape === undefined)
    throw new NpyError('its header cannot be read, save it with numpy.save');
  return { type: typeOf(descr), fortran: order === 'True', shape: sizesOf(shape) };
}

/** `<` little end, `=` the one of this machine, which is that; `|` where there is one byte. */
function typeOf(descr: string): NumberType {
  const found = /^[<=|]?([fiu])([1248])$/.exec(descr);
  const name = found && `${{ f: 'float', i: 'int', u: 'uint' }[found[1]]}${8 * Number(found[2])}`;
  const type = (Object.keys(NUMBER_TYPES) as NumberType[]).find((known) => known === name);
  if (type) return type;
  throw new NpyError(`its numbers are of type ${descr}: save float32 or float64, little-endian`);
}

/** Python 2 writes 4L, and a careless NumPy 2 np.int64(4). */
function sizesOf(tuple: string): number[] {
  return tuple
    .split(',')
    .map((size) => size.trim())
    .filter(Boolean)
    .map((size) => {
      const digits = /^(?:[\w.]+\(\s*(\d+)\s*\)|(\d+)L?)$/.exec(size);
      if (!digits) throw new NpyError(`its shape (${tuple}) cannot be read, save it with numpy.save`);
      return Number(digits[1] ?? digits[2]);
    });
}
