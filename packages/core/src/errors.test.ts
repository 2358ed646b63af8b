import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { GraftError, invalidArgument, isGraftError } from './errors.js';

describe('invalidArgument', () => {
  it.each([
    [-3, '-3'],
    [NaN, 'NaN'],
    [undefined, 'undefined'],
    [null, 'null'],
    [10n, '10'],
    ['', '""'],
    ['a "b"', '"a \\"b\\""'],
    [[1, null], '[1,null]'],
    [{ a: 1 }, '{"a":1}'],
    [Symbol('s'), 'Symbol(s)'],
    [Math.max, 'function max'],
    [() => 0, 'function (anonymous)'],
  ])('names argument, rule and value (%#)', (value, text) => {
    const { message } = invalidArgument('epochs', 'a positive integer', value);
    expect(message).toBe(`epochs must be a positive integer. Received: ${text}`);
  });

  it('copes with values that have no JSON', () => {
    const cyclic: { self?: unknown } = {};
    cyclic.self = cyclic;
    expect(invalidArgument('a', 'b', cyclic).message).toBe(
      'a must be b. Received: [object Object]',
    );
    expect(invalidArgument('a', 'b', { n: 1n }).message).toBe(
      'a must be b. Received: [object Object]',
    );
  });

  it('is one short line for anything', () => {
    fc.assert(
      fc.property(fc.oneof(fc.object(), fc.array(fc.anything())), (value) => {
        const { message } = invalidArgument('a', 'b', value);
        expect(message.length).toBeLessThan(230);
        expect(message).not.toContain('\n');
      }),
    );
  });
});

describe('isGraftError', () => {
  it('knows the errors of another copy of the package', async () => {
    vi.resetModules();
    const copy = await import('./errors.js');
    expect(copy.GraftError).not.toBe(GraftError);
    expect(isGraftError(new copy.GraftError('x'))).toBe(true);
    expect(copy.isGraftError(invalidArgument('a', 'b', 1))).toBe(true);
  });

  it.each([new Error('x'), undefined, null, 'GraftError', { name: 'GraftError' }])(
    'is false for %o',
    (value) => {
      expect(isGraftError(value)).toBe(false);
    },
  );

  it('is an Error with a name', () => {
    const error = new GraftError('x');
    expect(error).toBeInstanceOf(Error);
    expect(String(error)).toBe('GraftError: x');
  });
});
