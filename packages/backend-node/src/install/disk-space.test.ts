import { tmpdir } from 'node:os';
import { describe, expect, it } from 'vitest';
import { requireSpace, saysDiskFull } from './disk-space.js';

describe('requireSpace', () => {
  it('passes where there is room', () => {
    expect(() => requireSpace(tmpdir(), 1)).not.toThrow();
  });

  it('says how much is needed and how much there is', () => {
    expect(() => requireSpace(tmpdir(), 1e18)).toThrow(
      /^1,000,000,000,000 MB of free disk space are needed in .*, and there are [\d,]+ MB\.$/,
    );
  });
});

describe('saysDiskFull', () => {
  it.each([
    ['OSError: [Errno 28] No space left on device', true],
    ['OSError: [Errno 122] Disk quota exceeded', true],
    ['ERROR: No matching distribution found', false],
  ])('%s', (output, expected) => {
    expect(saysDiskFull(output)).toBe(expected);
  });
});
