// The examples that a classifier is most wrong about.

import { invalidArgument } from '@graftjs/core';
import { checkClassified } from './probabilities.js';

export interface TopLoss {
  /** Place of the example in the lists. */
  readonly example: number;
  /** −ln of the probability of its class: the cross-entropy. Infinite where that is 0. */
  readonly loss: number;
  /** Index of its class. */
  readonly truth: number;
  /** Index of the likeliest class. */
  readonly predicted: number;
  /** Of the class that it is of. */
  readonly probability: number;
  /** Of the class that was predicted. */
  readonly confidence: number;
}

export interface TopLossesOptions {
  /** How many to give at most; an integer of at least 1. Default: 10. */
  readonly count?: number;
}

/**
 * The examples with the largest cross-entropy, the largest first, as fastai's `top_losses`: wrong labels and hard pictures
 * are found among them.
 *
 * @param truth class indices
 * @param probabilities [examples, classes], row by row
 * @param classes number of classes; an integer of at least 2
 * @throws GraftError for none, another number of them, an index that is no class, what is no probability, or another count
 * @example
 * const [worst] = topLosses([0, 1], [0.9, 0.1, 0.8, 0.2], 2); // example 1, of class 1, predicted 0
 */
export function topLosses(
  truth: ArrayLike<number>,
  probabilities: ArrayLike<number>,
  classes: number,
  { count = 10 }: TopLossesOptions = {},
): TopLoss[] {
  const given = checkClassified(truth, probabilities, classes);
  if (!(Number.isSafeInteger(count) && count >= 1))
    throw invalidArgument('count', 'an integer of at least 1', count);
  return Array.from({ length: given.examples }, (_, example): TopLoss => {
    const [of, predicted] = [given.classOf(example), given.likeliest(example)];
    const probability = given.probability(example, of);
    const confidence = given.probability(example, predicted);
    const loss = -Math.log(Math.min(probability, 1));
    return { example, loss, truth: of, predicted, probability, confidence };
  })
    .sort((a, b) => a.probability - b.probability)
    .slice(0, count);
}
