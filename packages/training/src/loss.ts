// What a loss is, and the losses by name.

import type * as tf from '@tensorflow/tfjs-core';
import { invalidArgument, type ModelOutput } from '@graftjs/core';
import {
  binaryCrossentropy,
  categoricalCrossentropy,
  sparseCategoricalCrossentropy,
} from './cross-entropy.js';
import { categoricalHinge, hinge, squaredHinge } from './hinge-losses.js';
import {
  huber,
  klDivergence,
  logCosh,
  meanAbsoluteError,
  meanSquaredError,
  poisson,
} from './regression-losses.js';

/** The loss of each example of a batch, [batch] or [batch, …]; training descends its mean. */
export type Loss = (yTrue: tf.Tensor, output: ModelOutput) => tf.Tensor;

/** The losses of Keras; some take a setting as a third argument. */
export const losses = {
  sparseCategoricalCrossentropy,
  categoricalCrossentropy,
  binaryCrossentropy,
  meanSquaredError,
  meanAbsoluteError,
  huber,
  logCosh,
  klDivergence,
  poisson,
  hinge,
  squaredHinge,
  categoricalHinge,
} satisfies Record<string, Loss>;

export type LossName = keyof typeof losses;

/** A loss by its Keras name, or a function of one's own. */
export function resolveLoss(loss: unknown): Loss {
  if (typeof loss === 'function') return loss as Loss;
  if (typeof loss === 'string' && Object.hasOwn(losses, loss)) return losses[loss as LossName];
  throw invalidArgument('loss', `a function or one of ${Object.keys(losses).join(', ')}`, loss);
}
