// What functions over predicted probabilities ask of their arguments.

import { invalidArgument } from '@graftjs/core';

/** What a classifier gave for some examples, and what they are. */
export interface Classified {
  readonly examples: number;
  /** Index of an example's class. */
  classOf(example: number): number;
  probability(example: number, of: number): number;
  /** The class with the largest probability; the first of several. */
  likeliest(example: number): number;
}

/** float32 rounds a softmax's 1 to a little more. */
const ROUNDING = 1e-5;

/**
 * @param truth class indices
 * @param probabilities [examples, classes], row by row
 * @throws GraftError for none, another number of them, an index that is no class, or what is no probability
 */
export function checkClassified(
  truth: ArrayLike<number>,
  probabilities: ArrayLike<number>,
  classes: number,
): Classified {
  const { length: examples } = truth;
  if (!(Number.isSafeInteger(classes) && classes >= 2))
    throw invalidArgument('classes', 'an integer of at least 2', classes);
  if (examples === 0) throw invalidArgument('truth', 'at least one class index', examples);
  const wanted = examples * classes;
  if (probabilities.length !== wanted) {
    const rule = `${examples} · ${classes} numbers, classes for each example`;
    throw invalidArgument('probabilities', rule, probabilities.length);
  }
  for (let i = 0; i < examples; i++) {
    const label = truth[i] as number;
    if (!(Number.isSafeInteger(label) && label >= 0 && label < classes))
      throw invalidArgument('truth', `class indices from 0 to ${classes - 1}`, label);
  }
  for (let i = 0; i < wanted; i++) {
    const value = probabilities[i] as number;
    if (!(value >= 0 && value <= 1 + ROUNDING))
      throw invalidArgument('probabilities', 'numbers from 0 to 1', value);
  }
  const probability = (example: number, of: number) =>
    probabilities[example * classes + of] as number;
  return {
    ...{ examples, probability },
    classOf: (example) => truth[example] as number,
    likeliest(example) {
      let best = 0;
      for (let of = 1; of < classes; of++)
        if (probability(example, of) > probability(example, best)) best = of;
      return best;
    },
  };
}
