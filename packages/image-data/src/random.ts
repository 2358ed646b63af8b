// A small seeded generator: the same order of examples on every machine and in every engine.

/**
 * xoshiro128** 1.1: 32 random bits a call, period 2^128 − 1.
 *
 * Source: Blackman and Vigna, Scrambled linear pseudorandom number generators, 2018; their code is public domain.
 */
export function xoshiro128(a: number, b: number, c: number, d: number): () => number {
  return () => {
    const result = Math.imul(rotateLeft(Math.imul(b, 5), 7), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = rotateLeft(d, 11);
    return result;
  };
}

/**
 * Words of 32 random bits that follow from integers alone. Neighbouring integers have nothing in common.
 *
 * @param seed an integer
 * @param rest what the words are for, such as an epoch: integers ≥ 0, below 2^32
 */
export function seededWords(seed: number, ...rest: number[]): () => number {
  const words = [seed, Math.floor(seed / 2 ** 32), ...rest];
  const hash = words.reduce((state, word) => scramble(state + word + 0x9e3779b9), 0);
  return xoshiro128(scramble(hash + 1), scramble(hash + 2), scramble(hash + 3), scramble(hash + 4));
}

/** As {@link seededWords}, as numbers from 0 to below 1. */
export function seededUniform(seed: number, ...rest: number[]): () => number {
  const next = seededWords(seed, ...rest);
  return () => next() / 2 ** 32;
}

/**
 * A shuffled list of 0 … n − 1, by Fisher and Yates. Equal seeds give equal lists; each (seed, epoch) gives its own.
 *
 * @param seed an integer
 * @param epoch an integer ≥ 0
 */
export function permutation(n: number, seed: number, epoch: number): Int32Array {
  const next = seededWords(seed, epoch);
  const list = Int32Array.from({ length: n }, (_, i) => i);
  for (let i = n - 1; i > 0; i--) {
    // The bias is below n/2^32.
    const j = Math.floor((next() / 2 ** 32) * (i + 1));
    const value = list[i]!;
    list[i] = list[j]!;
    list[j] = value;
  }
  return list;
}

function rotateLeft(x: number, bits: number): number {
  return (x << bits) | (x >>> (32 - bits));
}

/** The finalizer of MurmurHash3: a bijection of 32-bit words in which every bit of the input moves every bit. */
function scramble(word: number): number {
  let x = word | 0;
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  return x ^ (x >>> 16);
}
