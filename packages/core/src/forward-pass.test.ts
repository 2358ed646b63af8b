import { expect, it } from 'vitest';
import { forwardCompiler, registerForwardCompiler, type ForwardCompiler } from './forward-pass.js';

it('keeps one compiler for each backend, the last one', () => {
  const compiler: ForwardCompiler = () => ({ run: (_, compute) => compute(), dispose() {} });
  const other: ForwardCompiler = (variables) => compiler(variables);
  expect(forwardCompiler('imaginary')).toBeUndefined();
  registerForwardCompiler('imaginary', compiler);
  registerForwardCompiler('imaginary', other);
  expect(forwardCompiler('imaginary')).toBe(other);
  expect(forwardCompiler('toString')).toBeUndefined();
});
