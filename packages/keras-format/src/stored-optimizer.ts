// The variables of a Keras optimizer in a file's order: the count of updates first.

import { GraftError } from '@graftjs/core';
import type { NamedArray, StoredOptimizer } from './keras-model.js';

/** @throws GraftError where the first array is no count */
export function storedOptimizer(arrays: readonly NamedArray[], fileName: string): StoredOptimizer {
  const [first, ...variables] = arrays;
  const [iterations] = first?.shape.length === 0 ? first.data : [];
  if (iterations === undefined || !Number.isSafeInteger(iterations) || iterations < 0) {
    throw new GraftError(`the optimizer in ${fileName} does not begin with its number of updates`);
  }
  return { iterations, variables };
}
