import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { pin } from '../testing/synthetic-set.js';
import { unpack, verify } from './data-file.js';

const data = Uint8Array.from({ length: 1000 }, (_, i) => i);
const file = pin('numbers', data);

describe('unpack', () => {
  it('undoes gzip', async () => {
    expect(Uint8Array.from(await unpack(file, gzipSync(data)))).toEqual(data);
  });

  it('leaves alone what is unpacked', async () => {
    expect(await unpack(file, data)).toBe(data);
  });

  it('refuses a cut stream', async () => {
    await expect(unpack(file, gzipSync(data).subarray(0, 50))).rejects.toThrow(
      'numbers.gz is damaged (unexpected end of file)',
    );
  });

  it('refuses to unpack more than the file has', async () => {
    await expect(unpack(file, gzipSync(new Uint8Array(10_000_000)))).rejects.toThrow(
      'numbers.gz is damaged (Cannot create a Buffer larger than 1000 bytes)',
    );
  });
});

describe('verify', () => {
  it('lets the pinned file pass', () => {
    verify([file], new Map([['numbers', data]]));
  });

  it('refuses one that is short', () => {
    expect(() => verify([file], new Map([['numbers', data.subarray(1)]]))).toThrow(
      'numbers has 999 bytes instead of 1000',
    );
  });

  it('refuses one with another byte', () => {
    const other = Uint8Array.from(data);
    other[500] = 7;
    expect(() => verify([file], new Map([['numbers', other]]))).toThrow(
      `numbers has the SHA-256 ${pin('', other).sha256} instead of ${file.sha256}`,
    );
  });

  it('refuses a file that is not there', () => {
    expect(() => verify([file], new Map())).toThrow('numbers has 0 bytes instead of 1000');
  });
});
