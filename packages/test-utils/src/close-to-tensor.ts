// A matcher for numbers in tensors.

import * as tf from '@tensorflow/tfjs-core';
import { expect } from 'vitest';

declare module 'vitest' {
  interface Matchers<T> {
    /**
     * Same shape, and every value within `tolerance · max(1, |expected|)`; NaN equals NaN.
     *
     * @param expected a tensor, or (nested) arrays of numbers
     */
    toBeCloseToTensor(expected: tf.Tensor | NestedNumbers, tolerance?: number): T;
  }
}

/** A number, or arrays of them to any depth. */
type NestedNumbers = number | readonly NestedNumbers[];

export function toBeCloseToTensor(
  actual: tf.Tensor,
  expected: tf.Tensor | NestedNumbers,
  tolerance = 1e-6,
): { pass: boolean; message: () => string } {
  const shape = expected instanceof tf.Tensor ? expected.shape : inferShape(expected);
  if (!tf.util.arraysEqual(actual.shape, shape)) {
    return { pass: false, message: () => `expected shape [${shape}], received [${actual.shape}]` };
  }
  const received = Array.from(actual.dataSync());
  // In float64: expectations are often computed more precisely than a tensor holds.
  const wanted = expected instanceof tf.Tensor ? Array.from(expected.dataSync()) : flat(expected);
  const wrong = received.findIndex((value, i) => !isClose(value, wanted[i] as number, tolerance));
  return {
    pass: wrong < 0,
    message: () =>
      wrong < 0
        ? `expected other values than ${received.join(', ')}`
        : `value ${wrong} of ${received.length} is ${received[wrong]}, expected ${wanted[wrong]} ± ${tolerance}`,
  };
}

function flat(values: NestedNumbers): number[] {
  return typeof values === 'number' ? [values] : values.flatMap(flat);
}

function inferShape(values: unknown): number[] {
  return Array.isArray(values) ? [values.length, ...inferShape(values[0] ?? 0)] : [];
}

function isClose(a: number, b: number, tolerance: number): boolean {
  return Object.is(a, b) || a === b || Math.abs(a - b) <= tolerance * Math.max(1, Math.abs(b));
}

expect.extend({ toBeCloseToTensor });
