import { expect, it } from 'vitest';
import { xoshiro128 } from '../random.js';
import { imageFiles } from '../testing/image-files.js';
import { formatOf } from './image-format.js';
import { sizeInHeader } from './image-size.js';

const named = imageFiles.map((file) => [file.name, file] as const);

it.each(named)('is the size of %s', (_, { name, bytes, read }) => {
  const [height, width] = read.rgb.shape;
  expect(sizeInHeader(bytes, formatOf(bytes, name))).toEqual([height, width]);
  // A view into other bytes, too.
  const within = new Uint8Array(bytes.length + 7).subarray(7);
  within.set(bytes);
  expect(sizeInHeader(within, formatOf(bytes, name))).toEqual([height, width]);
});

it.each(named)('is unknown where %s ends too early', (_, { name, bytes }) => {
  expect(sizeInHeader(bytes.subarray(0, 14), formatOf(bytes, name))).toSatisfy(
    (size) => size === undefined || name.endsWith('.gif'),
  );
});

it('skips what fills the room before a marker', () => {
  const frame = [0xff, 0xff, 0xff, 0xc0, 0, 17, 8, 0, 3, 0, 5];
  expect(sizeInHeader(Uint8Array.of(0xff, 0xd8, ...frame), 'jpeg')).toEqual([3, 5]);
});

it('is found or not found in damaged bytes, and never fails or lasts', () => {
  const random = xoshiro128(1, 2, 3, 4);
  for (const { name, bytes } of imageFiles) {
    for (let attempt = 0; attempt < 30; attempt++) {
      const damaged = Uint8Array.from(bytes);
      for (let flip = 0; flip <= attempt; flip++) {
        damaged[12 + (random() % (bytes.length - 12))] = random() % 256;
      }
      const size = sizeInHeader(damaged, formatOf(bytes, name)) ?? [];
      expect(size.every((side) => Number.isSafeInteger(side) && side >= 0)).toBe(true);
    }
  }
});
