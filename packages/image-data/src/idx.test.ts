import { describe, expect, it } from 'vitest';
import { parseIdx } from './idx.js';

function idx(code: number, shape: number[], values: number[]): Uint8Array {
  const lengths = shape.flatMap((n) => [n >>> 24, n >>> 16, n >>> 8, n]);
  return Uint8Array.of(0, 0, code, shape.length, ...lengths, ...values);
}

it.each([
  ['uint8', 0x08, [255, 1], Uint8Array.of(255, 1)],
  ['int8', 0x09, [255, 1], Int8Array.of(-1, 1)],
  ['int16', 0x0b, [0xff, 0xfe, 1, 0], Int16Array.of(-2, 256)],
  ['int32', 0x0c, [0xff, 0xff, 0xff, 0xfe, 1, 0, 0, 0], Int32Array.of(-2, 2 ** 24)],
  ['float32', 0x0d, [0x3f, 0x80, 0, 0, 0xc0, 0, 0, 0], Float32Array.of(1, -2)],
  [
    'float64',
    0x0e,
    [0x3f, 0xf8, 0, 0, 0, 0, 0, 0, 0xc0, 0, 0, 0, 0, 0, 0, 0],
    Float64Array.of(1.5, -2),
  ],
])('reads %s', (dtype, code, bytes, data) => {
  expect(parseIdx(idx(code, [2], bytes))).toEqual({ dtype, shape: [2], data });
});

it('reads the shape', () => {
  const { shape, data } = parseIdx(idx(0x08, [2, 1, 3], [1, 2, 3, 4, 5, 6]));
  expect(shape).toEqual([2, 1, 3]);
  expect(data).toEqual(Uint8Array.of(1, 2, 3, 4, 5, 6));
});

it('reads from the middle of a buffer', () => {
  const file = idx(0x0b, [1], [1, 2]);
  const buffer = new Uint8Array(file.length + 10);
  buffer.set(file, 3);
  expect(parseIdx(buffer.subarray(3, 3 + file.length)).data).toEqual(Int16Array.of(0x102));
});

it('reads an empty set', () => {
  expect(parseIdx(idx(0x08, [0, 28, 28], []))).toMatchObject({ shape: [0, 28, 28] });
});

describe('refuses', () => {
  const magic = 'an IDX file, whose first bytes are 00 00, a type and the number of axes';

  it.each([
    ['no bytes', [], magic, '""'],
    ['a text', [...Buffer.from('hello')], magic, '"68 65 6c 6c"'],
    ['an unknown type', [0, 0, 0x0a, 1, 0, 0, 0, 0], magic, '"00 00 0a 01"'],
    ['no axis', [0, 0, 8, 0, 1], magic, '"00 00 08 00"'],
    [
      'gzip',
      [0x1f, 0x8b, 8, 0],
      'an IDX file that is not compressed; this one is gzip',
      '"1f 8b 08 00"',
    ],
    ['a cut header', [0, 0, 8, 3, 0, 0, 0, 1], 'at least 16 bytes for 3 axes', '8'],
    ['a cut body', [0, 0, 8, 1, 0, 0, 0, 3, 7], '11 bytes for uint8 [3]', '9'],
    ['bytes after the end', [0, 0, 8, 1, 0, 0, 0, 1, 7, 7], '9 bytes for uint8 [1]', '10'],
    [
      'absurd lengths',
      [0, 0, 0x0e, 2, ...Array<number>(8).fill(255)],
      '147573952520956940000 bytes for float64 [4294967295, 4294967295]',
      '12',
    ],
  ])('%s', (_, bytes, rule, received) => {
    expect(() => parseIdx(Uint8Array.from(bytes))).toThrow(
      `bytes must be ${rule}. Received: ${received}`,
    );
  });

  it('255 axes of full length', () => {
    const bytes = Uint8Array.of(0, 0, 8, 255, ...Array<number>(4 * 255).fill(255));
    expect(() => parseIdx(bytes)).toThrow('bytes must be Infinity bytes for uint8');
  });
});
