import { expect, it } from 'vitest';
import { registerStepCompiler, stepCompiler, type StepCompiler } from './training-step.js';

it('keeps one compiler for each backend, the last one', () => {
  const compiler = (() => undefined) as unknown as StepCompiler;
  const other = (() => undefined) as unknown as StepCompiler;
  expect(stepCompiler('imaginary')).toBeUndefined();
  registerStepCompiler('imaginary', compiler);
  registerStepCompiler('imaginary', other);
  expect(stepCompiler('imaginary')).toBe(other);
  expect(stepCompiler('toString')).toBeUndefined();
});
