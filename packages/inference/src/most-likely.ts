// What a classifier's outputs say: its likeliest classes, by name.

import { GraftError, invalidArgument } from '@graftjs/core';

/** A class of a model, and how probable it is. */
export interface Guess {
  /** Its number, from 0 on. */
  readonly index: number;
  /** Its name, or `class 3` where there are no names. */
  readonly label: string;
  /** In [0, 1], where the model ends in a softmax or sigmoid: the output as it is. */
  readonly probability: number;
}

/**
 * The `top` classes, likeliest first. One output is the probability of the second of two classes.
 *
 * @param outputs of the model for one example
 * @param labels the names of the classes, in their order
 * @throws GraftError where there is not one label for each class, or an output is NaN
 * @example
 * import { mostLikely } from '@graftjs/inference';
 * mostLikely([0.2, 0.5, 0.3], 1, ['cat', 'dog', 'bird']); // [{ index: 1, label: 'dog', probability: 0.5 }]
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
      'labels',
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

/**
 * The names of classes in the text of a file, as `graft train` writes it beside a model: one in each line. Empty lines are
 * left out.
 *
 * @example
 * import { parseLabels } from '@graftjs/inference';
 * parseLabels('cat\ndog\n'); // ['cat', 'dog']
 */
export function parseLabels(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}
