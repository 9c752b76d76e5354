/**
 * Bytes to text: UTF-8 with or without its mark, UTF-16 by its mark, else Windows-1252. Only 'utf-8' is asked of
 * TextDecoder: what its other labels mean differs between versions of Node.
 */
import { disguiseOf, otherText } from './disguise.ts';
import { TableError } from './error.ts';

export interface Decoded {
  readonly text: string;
  /** One clause about what was supposed, or null. */
  readonly note: string | null;
}

const MOST_BYTES = 2 ** 29;
/** Characters, or bytes, of the first line: what is longer is no table, and would take seconds to be found none. */
const LONGEST_LINE = 2 ** 22;
/** Characters that are made at a time. */
const PIECE = 2 ** 13;
/** Windows-1252 from 0x80 to 0x9F; a byte without a character there stays the control that it is. */
const CP1252 = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8DŽ\x8F\x90‘’“”•–—˜™š›œ\x9DžŸ';

/** Throws a TableError where they are no text. */
export function decodeText(bytes: Uint8Array): Decoded {
  if (bytes.length > MOST_BYTES)
    throw new TableError(`it has ${bytes.length} bytes, the limit is ${MOST_BYTES}: split it`);
  const disguise = disguiseOf(bytes);
  if (disguise) throw new TableError(`it is ${disguise}`);
  checkFirstLine(bytes);
  const decoded = decoded16(bytes) ?? decoded8(bytes.subarray(0, endOf(bytes)));
  checkText(decoded.text);
  return decoded;
}

export function checkFirstLine(source: Uint8Array | string): void {
  if (source.length <= LONGEST_LINE) return;
  const ends =
    typeof source === 'string'
      ? /[\r\n]/.test(source.slice(0, LONGEST_LINE))
      : [0x0a, 0x0d].some((byte) => source.subarray(0, LONGEST_LINE).includes(byte));
  if (!ends)
    throw new TableError(
      `its first line has more than ${LONGEST_LINE} characters: give a table of lines, or wide data as two .npy files`,
    );
}

function decoded16(bytes: Uint8Array): Decoded | null {
  const little = bytes[0] === 0xff && bytes[1] === 0xfe;
  if (!little && !(bytes[0] === 0xfe && bytes[1] === 0xff)) return null;
  const [low, high] = little ? [0, 1] : [1, 0];
  const units = Uint16Array.from(
    { length: (bytes.length >> 1) - 1 },
    (_, i) => bytes[2 * i + 2 + low] + 256 * bytes[2 * i + 2 + high],
  );
  return { text: textOf(units.subarray(0, endOf(units))), note: null };
}

function decoded8(bytes: Uint8Array): Decoded {
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), note: null };
  } catch {
    const units = Uint16Array.from(bytes, (byte) =>
      byte >= 0x80 && byte < 0xa0 ? CP1252.charCodeAt(byte - 0x80) : byte,
    );
    return { text: textOf(units), note: 'it is not UTF-8 and was read as Windows-1252' };
  }
}

function textOf(units: Uint16Array): string {
  const pieces: string[] = [];
  for (let at = 0; at < units.length; at += PIECE)
    pieces.push(String.fromCharCode(...units.subarray(at, at + PIECE)));
  return pieces.join('');
}

/** Old programs close a text with zeros or with Ctrl+Z. */
function endOf(units: Uint8Array | Uint16Array): number {
  let end = units.length;
  while (end > 0 && (units[end - 1] === 0 || units[end - 1] === 0x1a)) end--;
  return end;
}

function checkText(text: string): void {
  if (text.includes('\0'))
    throw new TableError(
      /^(?:[^\0]\0){2}|^(?:\0[^\0]){2}/.test(text)
        ? 'it is UTF-16 without its byte order mark: save it as CSV in UTF-8'
        : 'it is not text (it has zero bytes): save it as CSV in UTF-8',
    );
  const other = otherText(text);
  if (other) throw new TableError(`it is ${other}`);
}
