// The likeliest classes in a model's output for one example.

import { GraftError, invalidArgument } from '@graftjs/core';

export interface Guess {
  readonly index: number;
  readonly label: string;
  readonly probability: number;
}

/**
 * The `top` classes, likeliest first. One output is the probability of the second of two classes.
 *
 * @throws GraftError where there is not one label for each class, or an output is NaN
 */
export function mostLikely(
  outputs: ArrayLike<number>,
  top: number,
  labels?: readonly string[],
): Guess[] {
  const [only = 0] = Array.from(outputs);
  const probabilities = outputs.length === 1 ? [1 - only, only] : Array.from(outputs);
  if (probabilities.some(Number.isNaN))
    throw new GraftError('the model gives NaN: are its weights damaged?');
  if (labels && labels.length !== probabilities.length) {
    throw invalidArgument(
      '--labels',
      `one name for each of ${probabilities.length} classes`,
      `${labels.length} names`,
    );
  }
  return probabilities
    .map((probability, index) => ({
      index,
      label: labels?.[index] ?? `class ${index}`,
      probability,
    }))
    .sort((a, b) => b.probability - a.probability)
    .slice(0, top);
}
