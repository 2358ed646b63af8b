import { expect, it } from 'vitest';
import { invalidArgument } from './errors.js';

it('is a RangeError that carries the mark of GraftError', () => {
  const error = invalidArgument('steps', 'a positive integer', -3);
  expect(error).toBeInstanceOf(RangeError);
  expect(Reflect.get(error, Symbol.for('@graftjs/error'))).toBe(true);
  expect(error.message).toBe('steps must be a positive integer. Received: -3');
});

it.each([
  [undefined, 'undefined'],
  [NaN, 'NaN'],
  [3n, '3'],
  ['soon', '"soon"'],
  [[1, 2], '[1,2]'],
  [() => 0, 'a function'],
])('describes %s in one line', (value, text) => {
  expect(invalidArgument('x', 'y', value).message).toBe(`x must be y. Received: ${text}`);
});

it('cuts what is long', () => {
  expect(invalidArgument('x', 'y', Array(1000).fill(0)).message.length).toBeLessThan(250);
});
