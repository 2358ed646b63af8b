// How good a classifier is, of what it says of photos whose classes are known.

import type * as tf from '@tensorflow/tfjs-core';
import { GraftError } from '@graftjs/core';
import { classificationReport, type ClassificationReport } from '@graftjs/training';

export interface Assessment {
  readonly report: ClassificationReport;
  /** Class indices, photo by photo. */
  readonly truth: readonly number[];
  /** Photo by photo, of each class: [n, classes]. */
  readonly probabilities: Float32Array;
}

/**
 * Of outputs [n, classes], or [n, 1]: the probability of the second of two classes; and of class indices [n].
 *
 * @throws GraftError for a probability that is NaN
 */
export async function assess(outputs: tf.Tensor, labels: tf.Tensor): Promise<Assessment> {
  const [values, truth] = await Promise.all([outputs.data<'float32'>(), labels.data()]);
  if (values.some(Number.isNaN))
    throw new GraftError('the model gives NaN for some photos: are its weights damaged?');
  const width = outputs.shape[1] as number;
  const classes = Math.max(width, 2);
  const probabilities =
    width === 1 ? Float32Array.from(Array.from(values).flatMap((p) => [1 - p, p])) : values;
  const likeliest = Array.from(truth, (_, i) => {
    const row = probabilities.subarray(i * classes, (i + 1) * classes);
    return row.indexOf(Math.max(...row));
  });
  return {
    report: classificationReport(truth, likeliest, classes),
    ...{ truth: Array.from(truth), probabilities },
  };
}
