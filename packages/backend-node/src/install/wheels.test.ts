import { describe, expect, it } from 'vitest';
import { TENSORFLOW_VERSION, wheelsFor } from './wheels.js';

const all = [wheelsFor('cpu', 'x64'), wheelsFor('cuda12', 'x64'), wheelsFor('cpu', 'arm64')];

describe('the pinned wheels', () => {
  it('start with the same TensorFlow', () => {
    expect(all.map((wheels) => wheels?.[0]?.version)).toEqual(all.map(() => TENSORFLOW_VERSION));
  });

  it('are named once and pinned by whole hashes', () => {
    for (const wheels of all) {
      const names = wheels?.map(({ name }) => name);
      expect(new Set(names).size).toBe(names?.length);
    }
    const hashes = all.flatMap((wheels) => wheels?.map(({ sha256 }) => sha256));
    expect(hashes.filter((hash) => !/^[0-9a-f]{64}$/.test(hash ?? ''))).toEqual([]);
    expect(new Set(hashes).size).toBe(hashes.length);
  });
});
