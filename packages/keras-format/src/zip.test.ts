// Archives come back as they were, and those made to do harm are refused before they are unpacked.

import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { bytesOf } from './byte-source.js';
import { crc32 } from './crc32.js';
import { readZip, writeZip } from './zip.js';

const text = (value: string) => new TextEncoder().encode(value);
const read = (bytes: Uint8Array, limit = 1e9) => {
  const entries = [...readZip(bytes, 'x.keras', { a: limit, b: limit })];
  return new Map(entries.map(([name, content]) => [name, bytesOf(content)]));
};

/** The archive with one name in place of another of the same length, wherever it stands. */
function renamed(bytes: Uint8Array, from: string, to: string): Uint8Array {
  const latin1 = new TextDecoder('latin1').decode(bytes).replaceAll(from, to);
  return Uint8Array.from(latin1, (character) => character.charCodeAt(0));
}

describe('readZip', () => {
  it.each([0, 9] as const)('reads what is wanted, at level %s', (level) => {
    const files = { a: text('x'.repeat(1000)), b: new Uint8Array(0), c: text('other') };
    const result = read(zipSync(files, { level }));
    expect([...result]).toEqual([
      ['a', files.a],
      ['b', files.b],
    ]);
  });

  it('reads what writeZip wrote, which is the same at any time', () => {
    const bytes = writeZip({ a: text('one') });
    expect(read(bytes).get('a')).toEqual(text('one'));
    expect(writeZip({ a: text('one') })).toEqual(bytes);
  });

  it.each(['../../a', '/etc', 'a/../b', 'C:\\x', 'a\\b'])('refuses the name %s', (name) => {
    const bytes = zipSync({ a: text('x'), [name]: text('y') });
    expect(() => read(bytes)).toThrow(
      `x.keras holds an entry with the unsafe name ${JSON.stringify(name)}`,
    );
  });

  it('refuses two entries of one name', () => {
    const bytes = renamed(zipSync({ name1: text('x'), name2: text('y') }), 'name2', 'name1');
    expect(() => read(bytes)).toThrow('x.keras holds two entries named "name1"');
  });

  it('refuses an entry that would become too large', () => {
    const bomb = zipSync({ a: new Uint8Array(4 << 20) }, { level: 9 });
    expect(bomb.length).toBeLessThan(10_000);
    expect(() => read(bomb)).toThrow(/^"a" in x\.keras would unpack to 4194304 bytes from \d+$/);
    expect(() => read(zipSync({ a: text('abc') }), 2)).toThrow('would unpack to 3 bytes from 5');
  });

  it('refuses an entry that is damaged', () => {
    const bytes = zipSync({ a: text('hello') }, { level: 0 });
    const damaged = renamed(bytes, 'hello', 'hallo');
    expect(() => read(damaged)).toThrow('"a" in x.keras is damaged: its checksum is wrong');
  });

  it('refuses an encrypted entry', () => {
    const bytes = zipSync({ a: text('hello') });
    const entry = bytes.findIndex((_, i) => bytes[i] === 0x50 && bytes[i + 2] === 1);
    bytes[entry + 8] = 1;
    expect(() => read(bytes)).toThrow('"a" in x.keras is encrypted');
  });

  it('refuses what is no archive, or not a whole one', () => {
    expect(() => read(text('hello'))).toThrow('x.keras is not a zip archive');
    expect(() => read(new Uint8Array(0))).toThrow('x.keras is not a zip archive');
    const bytes = zipSync({ a: text('hello') });
    expect(() => read(bytes.subarray(0, -1))).toThrow('x.keras is truncated');
    const broken = Uint8Array.from(bytes);
    broken[bytes.length - 6] = 0xff;
    expect(() => read(broken)).toThrow('x.keras is a damaged zip archive: no entry 0');
  });
});

it('crc32 is the usual one', () => {
  expect(crc32(text('123456789'))).toBe(0xcbf43926);
  expect(crc32(text('The quick brown fox jumps over the lazy dog'))).toBe(0x414fa339);
  expect(crc32(new Uint8Array(32).fill(0xff))).toBe(0xff6cab0b);
  expect(crc32(new Uint8Array(0))).toBe(0);
});
