/** NumPy's .npy format: what we write, float32 and float64 in C order, and all that numpy saves of numbers. */
import { NpyError, NUMBER_TYPES, readHeader, spelledShape, type NumberType } from './npy-header.ts';

export { NpyError, spelledShape } from './npy-header.ts';

export interface NpyArray {
  readonly shape: readonly number[];
  /** In C order. */
  readonly data: Float32Array | Float64Array;
  /** What was made of them, where the file has its numbers otherwise: a clause. */
  readonly converted?: string;
}

const MAGIC = '\x93NUMPY';
const ALIGNMENT = 64;

export function encodeNpy(
  data: Float32Array | Float64Array,
  shape: readonly number[],
): Uint8Array<ArrayBuffer> {
  const descr = data instanceof Float32Array ? '<f4' : '<f8';
  const dictionary = `{'descr': '${descr}', 'fortran_order': False, 'shape': ${spelledShape(shape)}, }`;
  const length = Math.ceil((MAGIC.length + 4 + dictionary.length + 1) / ALIGNMENT) * ALIGNMENT;
  const bytes = new Uint8Array(length + data.byteLength);
  const header = MAGIC + '\x01\x00' + '\0\0' + dictionary.padEnd(length - MAGIC.length - 5) + '\n';
  for (let i = 0; i < length; i++) bytes[i] = header.charCodeAt(i);
  new DataView(bytes.buffer).setUint16(8, length - 10, true);
  bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), length);
  return bytes;
}

export function decodeNpy(bytes: Uint8Array): NpyArray {
  const { start, text } = headerOf(bytes);
  const { type, fortran, shape } = readHeader(text);
  const count = shape.reduce((product, size) => product * size, 1);
  const found = bytes.length - start;
  const wanted = count * NUMBER_TYPES[type].bytes;
  if (found !== wanted)
    throw new NpyError(
      `it holds ${found} bytes of numbers where its shape ${spelledShape(shape)} needs ${wanted}, save it again`,
    );
  const numbers = numbersOf(bytes.subarray(start), type, count);
  const data = fortran ? inRows(numbers, shape) : numbers;
  const made = [
    ...(NUMBER_TYPES[type].view ? [] : [`its numbers are ${type} and are taken as float64`]),
    ...(fortran && shape.length > 1 ? ['it is in Fortran order and is taken by its indices'] : []),
  ];
  return { shape, data, ...(made.length > 0 && { converted: made.join('; ') }) };
}

/** The text of a header, and where the numbers start. */
function headerOf(bytes: Uint8Array): { text: string; start: number } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const text = (from: number, to: number): string => characters(bytes.subarray(from, to));
  if (bytes.length === 0) throw new NpyError('it is empty, save it again');
  if (text(0, 4) === 'PK\x03\x04')
    throw new NpyError('it is a zip, as numpy.savez makes of several arrays: save one array with numpy.save');
  if (bytes.length < 12 || text(0, 6) !== MAGIC)
    throw new NpyError('it is not a .npy file (its first bytes are not "\\x93NUMPY"), save it with numpy.save');
  const version = bytes[6];
  const begin = version === 1 ? 10 : 12;
  if (version !== 1 && version !== 2)
    throw new NpyError(`its format version is ${version}: save it in version 1 or 2`);
  const length = version === 1 ? view.getUint16(8, true) : view.getUint32(8, true);
  if (begin + length > bytes.length) throw new NpyError('its header is cut off, save it again');
  return { text: text(begin, begin + length), start: begin + length };
}

/** A character a byte. (To a TextDecoder `latin1` means windows-1252, where 0x93 is a quotation mark.) */
function characters(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}

function numbersOf(bytes: Uint8Array, type: NumberType, count: number): Float32Array | Float64Array {
  const { view: View, bytes: size, read } = NUMBER_TYPES[type];
  const own = Uint8Array.from(bytes).buffer;
  if (View) return new View(own);
  const view = new DataView(own);
  return Float64Array.from({ length: count }, (_, i) => read(view, i * size));
}

/** Numbers whose first index runs fastest, in the order in which the last one does. */
function inRows<A extends Float32Array | Float64Array>(numbers: A, shape: readonly number[]): A {
  const rows = numbers.slice() as A;
  const index = shape.map(() => 0);
  const pitches = shape.map((_, k) => shape.slice(0, k).reduce((product, size) => product * size, 1));
  for (let i = 0, at = 0; i < numbers.length; i++) {
    rows[i] = numbers[at];
    for (let k = shape.length - 1; k >= 0; k--) {
      index[k]++;
      at += pitches[k];
      if (index[k] < shape[k]) break;
      at -= index[k] * pitches[k];
      index[k] = 0;
    }
  }
  return rows;
}
