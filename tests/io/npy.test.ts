import fc from 'fast-check';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { decodeNpy, encodeNpy, NpyError } from '../../src/io/npy.ts';

/** Files as numpy 2.4 writes them, in base64. */
const NUMPY = {
  float64:
    'k05VTVBZAQB2AHsnZGVzY3InOiAnPGY4JywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBlJzogKDIsIDMpLCB9ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAoAAAAAAADwPwAAAAAAAATAg7Y60pcSwAGamZmZmZm5P5x1AIg85Dd+AAAAAAAAAIA=',
  float32:
    'k05VTVBZAQB2AHsnZGVzY3InOiAnPGY0JywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBlJzogKDIsIDMpLCB9ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAoAAIA/AAAgwM3MzD0AAEBAAACAQAAAoEA=',
  version2:
    'k05VTVBZAgB0AAAAeydkZXNjcic6ICc8ZjgnLCAnZm9ydHJhbl9vcmRlcic6IEZhbHNlLCAnc2hhcGUnOiAoMiwgMyksIH0gICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAoAAAAAAADwPwAAAAAAAATAg7Y60pcSwAGamZmZmZm5P5x1AIg85Dd+AAAAAAAAAIA=',
  vector:
    'k05VTVBZAQB2AHsnZGVzY3InOiAnPGY4JywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBlJzogKDMsKSwgfSAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAoAAAAAAAAAAAAAAAAAAPA/AAAAAAAAAEA=',
};

const bytesOf = (base64: string): Uint8Array => Uint8Array.from(Buffer.from(base64, 'base64'));
const NUMBERS = [1, -2.5, 3e-300, 0.1, 1e300, -0];

describe('files of numpy', () => {
  it('are read, versions 1 and 2', () => {
    for (const file of [NUMPY.float64, NUMPY.version2])
      expect(decodeNpy(bytesOf(file))).toEqual({ shape: [2, 3], data: Float64Array.from(NUMBERS) });
    expect(decodeNpy(bytesOf(NUMPY.float32))).toEqual({
      shape: [2, 3],
      data: Float32Array.from([1, -2.5, 0.1, 3, 4, 5]),
    });
    expect(decodeNpy(bytesOf(NUMPY.vector))).toEqual({ shape: [3], data: Float64Array.from([0, 1, 2]) });
  });

  it('are written byte for byte', () => {
    expect(encodeNpy(Float64Array.from(NUMBERS), [2, 3])).toEqual(bytesOf(NUMPY.float64));
    expect(encodeNpy(Float32Array.from([1, -2.5, 0.1, 3, 4, 5]), [2, 3])).toEqual(bytesOf(NUMPY.float32));
    expect(encodeNpy(Float64Array.from([0, 1, 2]), [3])).toEqual(bytesOf(NUMPY.vector));
  });

  it('are read by their bytes, whatever a TextDecoder makes of 0x93', () => {
    const web = class extends TextDecoder {
      override decode(bytes: Uint8Array): string {
        return super.decode(bytes).replaceAll('\x93', '\u201c');
      }
    };
    vi.stubGlobal('TextDecoder', web);
    onTestFinished(() => void vi.unstubAllGlobals());
    expect(decodeNpy(bytesOf(NUMPY.float32)).shape).toEqual([2, 3]);
  });

  it('are read from the middle of a buffer too, wherever it is aligned', () => {
    const bytes = bytesOf(NUMPY.float64);
    const buffer = new Uint8Array(bytes.length + 3);
    buffer.set(bytes, 3);
    expect(decodeNpy(buffer.subarray(3)).data).toEqual(Float64Array.from(NUMBERS));
  });
});

it('what is written reads back to the same bits, NaN and infinities included', () => {
  const shaped = fc
    .tuple(fc.nat(6), fc.nat(6))
    .chain(([rows, columns]) =>
      fc.tuple(
        fc.constant([rows, columns]),
        fc.array(fc.double(), { minLength: rows * columns, maxLength: rows * columns }),
      ),
    );
  fc.assert(
    fc.property(shaped, fc.boolean(), ([shape, numbers], single) => {
      const data = single ? Float32Array.from(numbers) : Float64Array.from(numbers);
      const bytes = encodeNpy(data, shape);
      expect(decodeNpy(bytes)).toEqual({ shape, data });
      expect((bytes.length - data.byteLength) % 64).toBe(0);
    }),
  );
});

/** A version-1 or later file with the given header text. */
function file(header: string, body = 48, version = 1): Uint8Array {
  const start = version === 1 ? 10 : 12;
  const bytes = new Uint8Array(start + header.length + body);
  const view = new DataView(bytes.buffer);
  bytes.set([0x93, ...Buffer.from('NUMPY'), version, 0]);
  if (version === 1) view.setUint16(8, header.length, true);
  else view.setUint32(8, header.length, true);
  bytes.set(Buffer.from(header, 'latin1'), start);
  return bytes;
}
const dictionary = (descr: string, fortran = 'False', shape = '(2, 3)'): string =>
  `{'descr': '${descr}', 'fortran_order': ${fortran}, 'shape': ${shape}, }\n`;

describe('what cannot be used is refused in a sentence', () => {
  it('the file that is spoilt below is itself right', () =>
    expect(decodeNpy(file(dictionary('<f8'))).shape).toEqual([2, 3]));

  it.each([
    ['big-endian', file(dictionary('>f8')), 'of type >f8'],
    ['integers', file(dictionary('<i8')), 'of type <i8'],
    ['complex numbers', file(dictionary('<c16')), 'of type <c16'],
    ['half precision', file(dictionary('<f2'), 12), 'of type <f2'],
    ['Fortran order', file(dictionary('<f8', 'True')), 'Fortran order'],
    ['version 3', file(dictionary('<f8'), 48, 3), 'format version is 3'],
    [
      'too few numbers',
      file(dictionary('<f8'), 40),
      'holds 40 bytes of numbers where its shape (2, 3) needs 48',
    ],
    ['too many', file(dictionary('<f8'), 56), 'holds 56 bytes'],
    ['a header that is cut off', file(dictionary('<f8')).subarray(0, 40), 'cut off'],
    ['a header of another kind', file('{}'), 'cannot be read'],
    ['an object array', file(dictionary('|O')), 'of type |O'],
    ['another file', Uint8Array.from(Buffer.from('x,y\n1,2\n3,4\n')), 'not a .npy file'],
    ['an empty file', new Uint8Array(), 'not a .npy file'],
  ])('%s', (_, bytes, sentence) => {
    expect(() => decodeNpy(bytes)).toThrow(NpyError);
    expect(() => decodeNpy(bytes)).toThrow(sentence);
  });

  it('a header of a megabyte is read all the same, as version 2 allows', () => {
    expect(decodeNpy(file(dictionary('<f8').padEnd(2 ** 20), 48, 2)).shape).toEqual([2, 3]);
  });

  it('whatever bytes come, the answer is an array or a sentence', () => {
    const start = Buffer.from(bytesOf(NUMPY.float64));
    fc.assert(
      fc.property(fc.nat(start.length - 1), fc.nat(255), fc.nat(start.length), (at, byte, end) => {
        const bytes = Uint8Array.from(start.subarray(0, end));
        if (at < end) bytes[at] = byte;
        try {
          decodeNpy(bytes);
        } catch (error) {
          expect(error).toBeInstanceOf(NpyError);
        }
      }),
      { numRuns: 500 },
    );
  });
});
