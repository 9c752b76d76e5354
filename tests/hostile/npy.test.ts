/** .npy files that numpy would not write: MCKEAN_CASES=10000 for many. What is taken is what a second reader finds in the bytes. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { decodeNpy, encodeNpy, NpyError } from '../../src/io/npy.ts';
import { generated } from '../support/generated.ts';
import { generator } from '../support/problems.ts';
import { edited, edits, latin, taken } from '../support/hostile/input.ts';

const bytesText = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');
const TYPES = [
  '<f8',
  '<f8',
  '<f8',
  '<f4',
  '=f4',
  '<i8',
  '<u2',
  '|i1',
  '|u1',
  '<i4',
  '<u4',
  '<u8',
  '<i2',
  '>f8',
  '|O',
  '<c16',
  '<f16',
];
const SHAPES = [
  ...[
    '(2, 3)',
    '(6,)',
    '(3,2)',
    '(6L,)',
    '(1, 2, 3)',
    '()',
    '(0, 3)',
    '(6)',
    '(2, -3)',
    '(0x6,)',
    '(6, 1',
    '(٦,)',
  ],
  ...['(1e9, 0)', '(99999999999999999999, 0)', '(0, 9007199254740993)', '(4294967296, 4294967296)', '(2.0, 3)'],
  ...['(np.int64(2), 3)', '(2, 3), (3, 2)', '[2, 3]', '(,)', '(True, 6)', '__proto__'],
];
/** A file of these words, its numbers as long as they should be, or `more` bytes longer. */
const made = fc
  .record({
    type: fc.constantFrom(...TYPES),
    shape: fc.oneof(fc.constantFrom(...SHAPES.slice(0, 3)), fc.constantFrom(...SHAPES)),
    order: fc.constantFrom('False', 'False', 'True', '1', 'None'),
    version: fc.constantFrom(1, 1, 1, 2, 3, 0),
    more: fc.constantFrom(0, 0, 0, 0, 1, -8, -48),
    seed: fc.nat(),
  })
  .map(({ type, shape, order, version, more, seed }) => {
    const body = (shape.startsWith('(0,') ? 0 : 6) * Number(type.slice(2) || 8) + more;
    const next = generator(seed);
    const numbers = Array.from({ length: Math.max(0, body) }, () =>
      String.fromCharCode(Math.floor(256 * next())),
    );
    const header = `{'descr': '${type}', 'fortran_order': ${order}, 'shape': ${shape}, }\n`;
    const size = version === 1 ? [header.length, 0] : [header.length, 0, 0, 0];
    return `\x93NUMPY${String.fromCharCode(version, 0, ...size)}${header}${numbers.join('')}`;
  });
const whole = bytesText(encodeNpy(Float64Array.from([1, -2.5, 3e-30, 0.1, 1e30, -0]), [2, 3]));
const MARKS = fc.oneof(
  fc.constantFrom(
    ...TYPES,
    ...SHAPES,
    'True',
    "'shape': (6,), ",
    "{'descr': '<f8'",
    '\x93NUMPY',
    '\xff\xff',
    '\n',
    '}',
  ),
  fc.nat(255).map((byte) => String.fromCharCode(byte)),
);
const files = fc.oneof(
  made,
  fc.tuple(made, edits(MARKS, 2)).map(([text, list]) => edited(text, list)),
  edits(MARKS).map((list) => edited(whole, list)),
);

const READERS: Readonly<Record<string, (view: DataView, at: number) => number>> = {
  f8: (view, at) => view.getFloat64(at, true),
  f4: (view, at) => view.getFloat32(at, true),
  i8: (view, at) => Number(view.getBigInt64(at, true)),
  u8: (view, at) => Number(view.getBigUint64(at, true)),
  i4: (view, at) => view.getInt32(at, true),
  u4: (view, at) => view.getUint32(at, true),
  i2: (view, at) => view.getInt16(at, true),
  u2: (view, at) => view.getUint16(at, true),
  i1: (view, at) => view.getInt8(at),
  u1: (view, at) => view.getUint8(at),
};

/** A second reader: the header by three searches, the numbers one by one at the place of their indices; null: not its kind. */
function second(bytes: Uint8Array): { shape: number[]; data: number[] } | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const start = bytes[6] === 1 ? 10 + view.getUint16(8, true) : 12 + view.getUint32(8, true);
  const header = bytesText(bytes.subarray(bytes[6] === 1 ? 10 : 12, start));
  const type = /'descr': *'[<=|]([a-z]\d)'/.exec(header)?.[1] ?? '';
  const fortran = /'fortran_order': *True/.test(header);
  const shape = /'shape': *\(([\dL, ]*)\)/
    .exec(header)?.[1]
    .split(',')
    .filter((size) => size.trim() !== '')
    .map(Number.parseFloat);
  const read = READERS[type];
  if (!shape || !read) return null;
  const size = Number(type[1]);
  const count = shape.reduce((product, axis) => product * axis, 1);
  expect(bytes.length - start).toBe(count * size);
  const data = Array.from({ length: count }, (_, row) => {
    let [rest, place, step] = [row, 0, 1];
    const strides = fortran ? shape.map((axis) => [step, (step *= axis)][0]) : [];
    for (let axis = shape.length - 1; axis >= 0 && fortran; axis--) {
      place += (rest % shape[axis]) * strides[axis];
      rest = Math.floor(rest / shape[axis]);
    }
    return read(view, start + size * (fortran ? place : row));
  });
  return { shape, data };
}

it('a .npy file is taken as its bytes say, or refused in one sentence (42)', () => {
  const counts = { taken: 0, refused: 0, unknown: 0 };
  fc.assert(
    fc.property(files, (text) => {
      const bytes = latin(text);
      const array = taken(() => decodeNpy(bytes), NpyError);
      if (!array) return void counts.refused++;
      const want = second(bytes);
      if (!want) return void counts.unknown++;
      counts.taken++;
      expect([array.shape, [...array.data]]).toEqual([want.shape, want.data]);
    }),
    generated(400),
  );
  expect(counts.refused).toBeGreaterThan(counts.taken);
  expect(counts.taken).toBeGreaterThan(10 * counts.unknown);
  expect(counts.taken).toBeGreaterThan(20);
});
