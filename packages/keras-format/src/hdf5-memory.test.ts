import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { withBoundedMemory } from './hdf5-memory.js';
import { readH5 } from './read-h5.js';

const megabyte = 16;

it('gives memory up to a bound, and is over when the action is', () => {
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 20_000 });
  withBoundedMemory(0, () => {
    expect(memory.grow(60 * megabyte)).toBe(1);
    expect(() => memory.grow(10 * megabyte)).toThrow('no more memory for this file');
  });
  expect(memory.grow(10 * megabyte)).toBe(1 + 60 * megabyte);
  expect(() => withBoundedMemory(0, () => expect.fail('on purpose'))).toThrow('on purpose');
  expect(memory.grow(100 * megabyte)).toBe(1 + 70 * megabyte);
});

it('a text that claims a gigabyte is refused before there is one', async () => {
  const file = '../../../reference/keras2/fixtures/training-legacy-adam.h5';
  const bytes = new Uint8Array(readFileSync(new URL(file, import.meta.url)));
  // The highest byte of the length of its model_config.
  bytes[1963] = 0x3c;
  const before = process.memoryUsage().external;
  await expect(readH5(bytes, 'x.h5')).rejects.toThrow('x.h5 is damaged: ');
  expect(process.memoryUsage().external - before).toBeLessThan(2e8);
});
