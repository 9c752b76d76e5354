import fc from 'fast-check';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { decodeNpy, encodeNpy, NpyError } from '../../src/io/npy.ts';
import { generated } from '../support/generated.ts';

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
    generated(100),
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

/** A file with these bytes of numbers. */
function filled(header: string, numbers: ArrayBufferView): Uint8Array {
  const bytes = file(header, numbers.byteLength);
  bytes.set(
    new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength),
    bytes.length - numbers.byteLength,
  );
  return bytes;
}

describe('what other Pythons and other arrays give is read, and said where it is converted', () => {
  const SIX = Float64Array.from([0.5, -1, 2, 3, -4, 5]);

  it.each([
    ["Python 2's long sizes", dictionary('<f8', 'False', '(2L, 3L)')],
    ["NumPy 2's names of sizes", dictionary('<f8', 'False', '(np.int64(2), numpy.int32( 3 ))')],
    ['double quotes', dictionary('<f8').replaceAll("'", '"')],
    ['the byte order of the machine', dictionary('=f8')],
    ['no blanks, another order of fields', "{'shape':(2,3),'fortran_order':False,'descr':'<f8'}\n"],
  ])('%s', (_, header) => {
    expect(decodeNpy(filled(header, SIX))).toEqual({ shape: [2, 3], data: SIX });
  });

  it('Fortran order, in two and three dimensions', () => {
    const read = (shape: string) => decodeNpy(filled(dictionary('<f8', 'True', shape), SIX));
    expect(read('(2, 3)')).toEqual({
      shape: [2, 3],
      data: Float64Array.from([0.5, 2, -4, -1, 3, 5]),
      converted: 'it is in Fortran order and is taken by its indices',
    });
    expect([...read('(1, 3, 2)').data]).toEqual([0.5, 3, -1, -4, 2, 5]);
    expect(read('(6,)')).toEqual({ shape: [6], data: SIX });
  });

  it.each([
    ['int8', '|i1', Int8Array.from([-128, 127, 3])],
    ['uint8', '|u1', Uint8Array.from([0, 255, 3])],
    ['int16', '<i2', Int16Array.from([-300, 300, 3])],
    ['uint16', '<u2', Uint16Array.from([0, 65535, 3])],
    ['int32', '<i4', Int32Array.from([-70000, 70000, 3])],
    ['uint32', '=u4', Uint32Array.from([0, 2 ** 32 - 1, 3])],
    ['int64', '<i8', BigInt64Array.from([-(2n ** 40n), 2n ** 40n, 3n])],
    ['uint64', '<u8', BigUint64Array.from([0n, 2n ** 52n, 3n])],
  ])('%s', (name, descr, numbers) => {
    expect(decodeNpy(filled(dictionary(descr, 'False', '(3,)'), numbers))).toEqual({
      shape: [3],
      data: Float64Array.from(numbers, Number),
      converted: `its numbers are ${name} and are taken as float64`,
    });
  });

  it('float16, to the last bit', () => {
    const bits = [0x0000, 0x8000, 0x0001, 0x03ff, 0x0400, 0x3555, 0xc000, 0x7bff, 0x7c00, 0xfc00];
    const want = [0, -0, 2 ** -24, 1023 * 2 ** -24, 2 ** -14, 1365 / 4096, -2, 65504, Infinity, -Infinity];
    const { data } = decodeNpy(filled(dictionary('<f2', 'False', '(10,)'), Uint16Array.from(bits)));
    expect(data).toEqual(Float64Array.from(want));
    expect(decodeNpy(filled(dictionary('<f2', 'False', '(1,)'), Uint16Array.from([0x7e00]))).data[0]).toBeNaN();
  });
});

describe('what cannot be used is refused in a sentence', () => {
  it('the file that is spoilt below is itself right', () =>
    expect(decodeNpy(file(dictionary('<f8'))).shape).toEqual([2, 3]));

  it.each([
    ['big-endian', file(dictionary('>f8')), 'of type >f8'],
    ['truth values', file(dictionary('|b1'), 6), 'of type |b1'],
    ['complex numbers', file(dictionary('<c16')), 'of type <c16'],
    ['records', file(dictionary('').replace("''", "[('w1', '<f8'), ('w0', '<f8', (2,))]")), 'are records'],
    [
      'several arrays',
      Uint8Array.from(Buffer.from('PK\x03\x04\x14\0\0\0', 'latin1')),
      'it is a zip, as numpy.savez',
    ],
    ['too few numbers in a vector', file(dictionary('<f8', 'False', '(7,)'), 48), 'its shape (7,) needs 56'],
    ['a size that is none', file(dictionary('<f8', 'False', '(2, -3)')), 'its shape (2, -3) cannot be read'],
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
    ['an empty file', new Uint8Array(), 'it is empty'],
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
      generated(500),
    );
  });
});
