// From the outputs of an ImageNet model to names.

import { invalidArgument } from '@graftjs/core';
import type * as tf from '@tensorflow/tfjs-core';
import { imagenetClasses, type ImagenetClass } from './imagenet-classes.js';

/** A class and how probable it is. */
export interface Prediction extends ImagenetClass {
  /** In [0, 1], where the model ends in a softmax: the output as it is. */
  readonly probability: number;
}

/** Options of {@link decodePredictions}. */
export interface DecodePredictionsOptions {
  /** How many classes to name for each image, 1 to 1000. Default: 5. */
  readonly top?: number;
}

const classes = 1000;

/**
 * Keras's `decode_predictions`: for each image the most probable classes, the best first. Of equals, the class of the
 * lower index comes first.
 *
 * @param probabilities [images, 1000]; it stays the caller's
 * @throws GraftError when the shape is another, a probability is NaN, or `top` is out of range
 * @example
 * import '@tensorflow/tfjs-backend-cpu';
 * import * as tf from '@tensorflow/tfjs-core';
 * import { decodePredictions } from '@graftjs/model-zoo';
 * const [image] = await decodePredictions(tf.oneHot([281], 1000), { top: 1 });
 * console.log(image); // [{ wordnetId: 'n02123045', name: 'tabby', probability: 1 }]
 */
export async function decodePredictions(
  probabilities: tf.Tensor,
  { top = 5 }: DecodePredictionsOptions = {},
): Promise<Prediction[][]> {
  const [images = 0, outputs] = probabilities.shape;
  if (probabilities.rank !== 2 || outputs !== classes) {
    throw invalidArgument('probabilities', 'of shape [images, 1000]', probabilities.shape);
  }
  if (!(Number.isSafeInteger(top) && top >= 1 && top <= classes)) {
    throw invalidArgument('top', 'an integer from 1 to 1000', top);
  }
  const values = await probabilities.data();
  if (values.some(Number.isNaN)) {
    throw invalidArgument('probabilities', 'numbers (is a weight NaN?)', NaN);
  }
  return Array.from({ length: images }, (_, i) =>
    rank(values.subarray(i * classes, (i + 1) * classes), top),
  );
}

function rank(values: ArrayLike<number>, top: number): Prediction[] {
  return imagenetClasses
    .map((imagenetClass, i) => ({ ...imagenetClass, probability: values[i] as number }))
    .sort((a, b) => b.probability - a.probability)
    .slice(0, top);
}
