// How the demo trains: quickly by default, or as the lesson does.

import { Adam, SGD, type RuleOptimizer } from '@graftjs/optimizers';
import { oneCycle } from '@graftjs/schedules';
import type { Rate } from '@graftjs/core';

export interface Training {
  readonly epochs: number;
  /** The rate over a run of so many steps. */
  rate(steps: number): Rate;
  optimizer(rate: Rate): RuleOptimizer;
}

export interface Recipe {
  readonly name: 'quick' | 'lesson';
  readonly batchSize: number;
  /** Model A on its 8 classes. */
  readonly a: Training;
  /** Model B from scratch on 200 images. */
  readonly b: Training;
  /** B grafted on A: the head alone, then everything at a lower rate. */
  readonly frozen: Training;
  readonly unfrozen: Training;
}

const sgd = (epochs: number, rate: number): Training => ({
  epochs,
  rate: () => rate,
  optimizer: (learningRate) => new SGD({ learningRate }),
});

/**
 * A. Géron, Hands-On Machine Learning, chapter 11: plain SGD, 20 epochs at 1e-3; the new head is trained alone at SGD's
 * default rate of 1e-2 for 4 epochs, then everything at a tenth of that.
 */
export const lesson: Recipe = {
  name: 'lesson',
  batchSize: 32,
  a: sgd(20, 1e-3),
  b: sgd(20, 1e-3),
  frozen: sgd(4, 1e-2),
  unfrozen: sgd(16, 1e-3),
};

/** Model A in a quarter of the epochs, by Adam with a 1cycle schedule; B as in the lesson. */
export const quick: Recipe = {
  ...lesson,
  name: 'quick',
  a: {
    epochs: 5,
    rate: (steps) => oneCycle({ maxRate: 2e-3, steps }),
    optimizer: (learningRate) => new Adam({ learningRate }),
  },
};
