/** NumPy's .npy format, versions 1 and 2: little-endian float32 and float64 arrays in C order. */

export interface NpyArray {
  readonly shape: readonly number[];
  readonly data: Float32Array | Float64Array;
}

/** A file that is not what it should be: one sentence. */
export class NpyError extends Error {
  override readonly name = 'NpyError';
}

const MAGIC = '\x93NUMPY';
const ALIGNMENT = 64;
const TYPES = { '<f4': Float32Array, '<f8': Float64Array } as const;

export function encodeNpy(
  data: Float32Array | Float64Array,
  shape: readonly number[],
): Uint8Array<ArrayBuffer> {
  const descr = data instanceof Float32Array ? '<f4' : '<f8';
  const tuple = shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`;
  const dictionary = `{'descr': '${descr}', 'fortran_order': False, 'shape': ${tuple}, }`;
  const length = Math.ceil((MAGIC.length + 4 + dictionary.length + 1) / ALIGNMENT) * ALIGNMENT;
  const bytes = new Uint8Array(length + data.byteLength);
  const header = MAGIC + '\x01\x00' + '\0\0' + dictionary.padEnd(length - MAGIC.length - 5) + '\n';
  for (let i = 0; i < length; i++) bytes[i] = header.charCodeAt(i);
  new DataView(bytes.buffer).setUint16(8, length - 10, true);
  bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), length);
  return bytes;
}

export function decodeNpy(bytes: Uint8Array): NpyArray {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const text = (from: number, to: number): string => characters(bytes.subarray(from, to));
  if (bytes.length < 12 || text(0, 6) !== MAGIC)
    throw new NpyError('it is not a .npy file (its first bytes are not "\\x93NUMPY"), save it with numpy.save');
  const version = bytes[6];
  const start = version === 1 ? 10 : 12;
  if (version !== 1 && version !== 2)
    throw new NpyError(`its format version is ${version}: save it in version 1 or 2`);
  const length = version === 1 ? view.getUint16(8, true) : view.getUint32(8, true);
  if (start + length > bytes.length) throw new NpyError('its header is cut off, save it again');
  const { descr, shape } = parseHeader(text(start, start + length));
  const count = shape.reduce((product, size) => product * size, 1);
  const Type = TYPES[descr];
  const found = bytes.length - start - length;
  const wanted = count * Type.BYTES_PER_ELEMENT;
  if (found !== wanted)
    throw new NpyError(
      `it holds ${found} bytes of numbers where its shape (${shape.join(', ')}) needs ${wanted}, save it again`,
    );
  return { shape, data: new Type(Uint8Array.from(bytes.subarray(start + length)).buffer) };
}

/** A character a byte. (To a TextDecoder `latin1` means windows-1252, where 0x93 is a quotation mark.) */
function characters(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}

function parseHeader(header: string): { descr: keyof typeof TYPES; shape: number[] } {
  const field = (pattern: RegExp): string | undefined => pattern.exec(header)?.[1];
  const descr = field(/'descr':\s*'([^']*)'/);
  const order = field(/'fortran_order':\s*(\w+)/);
  const shape = field(/'shape':\s*\(([\d\s,]*)\)/);
  if (descr === undefined || order === undefined || shape === undefined)
    throw new NpyError('its header cannot be read, save it with numpy.save');
  if (!Object.hasOwn(TYPES, descr))
    throw new NpyError(`its numbers are of type ${descr}: save float32 or float64, little-endian`);
  if (order !== 'False') throw new NpyError('it is in Fortran order: save it in C order');
  return {
    descr: descr as keyof typeof TYPES,
    shape: shape
      .split(',')
      .map((size) => size.trim())
      .filter(Boolean)
      .map(Number),
  };
}
