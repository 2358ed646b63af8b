import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { restoreRemovedNodeUtils } from './node-compat.js';

type Helpers = Partial<Record<'isNullOrUndefined' | 'isArray', (value: unknown) => boolean>>;

// What `require('util')` hands to tfjs-node.
const util = createRequire(import.meta.url)('util') as Helpers;
const { isNullOrUndefined, isArray } = util;

describe('restoreRemovedNodeUtils', () => {
  beforeEach(() => {
    delete util.isNullOrUndefined;
    delete util.isArray;
  });
  afterEach(() => {
    Object.assign(util, { isNullOrUndefined, isArray });
  });

  it('defines what Node 23 removed', () => {
    restoreRemovedNodeUtils();
    expect([null, undefined, 0, ''].map((value) => util.isNullOrUndefined?.(value))).toEqual([
      true,
      true,
      false,
      false,
    ]);
    expect([[], new Uint8Array(1), null].map((value) => util.isArray?.(value))).toEqual([
      true,
      false,
      false,
    ]);
  });

  it('leaves alone what is there', () => {
    const own = () => true;
    util.isArray = own;
    restoreRemovedNodeUtils();
    expect(util.isArray).toBe(own);
  });

  it('runs from its text alone', () => {
    const program = `delete require('util').isArray;
      (${restoreRemovedNodeUtils.toString()})();
      console.log(require('util').isArray([]));`;
    expect(execFileSync(process.execPath, ['-e', program], { encoding: 'utf8' })).toBe('true\n');
  });
});
