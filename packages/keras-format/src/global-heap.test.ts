// The damages known to hang HDF5 are told from sound files.

import { describe, expect, it } from 'vitest';
import { sourceOf } from './byte-source.js';
import { hasEndlessHeap } from './global-heap.js';
import { readH5 } from './read-h5.js';
import { writeH5 } from './write-h5.js';

const isEndless = (bytes: Uint8Array) => hasEndlessHeap(sourceOf(bytes));

/** The offset of the free space in the last global heap of a file. */
function freeSpaceIn(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  let at = Buffer.from(bytes).lastIndexOf('GCOL') + 16;
  while (view.getUint16(at, true) !== 0) {
    at += 16 + Math.ceil(Number(view.getBigUint64(at + 8, true)) / 8) * 8;
  }
  return at;
}

describe('hasEndlessHeap', () => {
  const weights = new Map([['a', [{ name: 'a/k', shape: [1], data: Float32Array.of(1) }]]]);

  it('passes sound files, cut ones and none', async () => {
    const bytes = await writeH5({ topology: {}, weights });
    expect(isEndless(bytes)).toBe(false);
    expect(isEndless(bytes.subarray(0, freeSpaceIn(bytes) + 3))).toBe(false);
    expect(isEndless(new Uint8Array(0))).toBe(false);
  });

  it('finds free space that takes no bytes, and readH5 refuses it', async () => {
    const bytes = await writeH5({ topology: {}, weights });
    bytes.fill(0, freeSpaceIn(bytes), freeSpaceIn(bytes) + 16);
    expect(isEndless(bytes)).toBe(true);
    await expect(readH5(bytes, 'x.h5')).rejects.toThrow('x.h5 is damaged: endless global heap');
  });

  it('finds objects that are larger than their heap', async () => {
    const bytes = await writeH5({ topology: {}, weights });
    const first = Buffer.from(bytes).indexOf('GCOL') + 16;
    bytes.fill(255, first + 8, first + 16);
    expect(isEndless(bytes)).toBe(true);
  });
});
