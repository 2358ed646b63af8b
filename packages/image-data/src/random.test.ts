import { describe, expect, it } from 'vitest';
import { permutation, xoshiro128 } from './random.js';

it('gives the numbers of the reference implementation', () => {
  // From the test of rand_xoshiro (Rust), made with the authors' C code from the state 1, 2, 3, 4.
  const next = xoshiro128(1, 2, 3, 4);
  expect(Array.from({ length: 10 }, next)).toEqual([
    11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849, 3729100597,
    4258142804,
  ]);
});

describe('permutation', () => {
  it('holds each number once', () => {
    expect(permutation(1000, 1, 0).sort()).toEqual(Int32Array.from({ length: 1000 }, (_, i) => i));
  });

  it('never changes for a seed and an epoch', () => {
    // A change here is a change of every seeded training run.
    expect([...permutation(8, 42, 0)]).toEqual([1, 4, 3, 5, 2, 0, 6, 7]);
    expect([...permutation(8, 42, 1)]).toEqual([3, 1, 0, 4, 7, 5, 6, 2]);
  });

  it('differs from seed to seed and from epoch to epoch', () => {
    const lists = [0, 1, -1, 2 ** 32, 2 ** 32 + 1].flatMap((seed) =>
      [0, 1, 2].map((epoch) => permutation(50, seed, epoch).join()),
    );
    expect(new Set(lists).size).toBe(15);
  });

  it('puts every number everywhere about equally often', () => {
    const n = 6;
    const rounds = 6000;
    const counts = Array.from({ length: n }, () => Array<number>(n).fill(0));
    for (let epoch = 0; epoch < rounds; epoch++) {
      permutation(n, 7, epoch).forEach((value, place) => (counts[place]![value]! += 1));
    }
    const expected = rounds / n;
    const chiSquared = counts
      .flat()
      .reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
    // 25 degrees of freedom: 0.1 % of fair shuffles exceed 52.6.
    expect(chiSquared).toBeLessThan(52.6);
  });
});
