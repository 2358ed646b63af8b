// How good a classifier is, of what it says of photos whose classes are known.

import type * as tf from '@tensorflow/tfjs-core';
import { GraftError } from '@graftjs/core';
import { classificationReport, type ClassificationReport } from '@graftjs/training';

export interface Assessment {
  readonly report: ClassificationReport;
  /** Class indices, photo by photo. */
  readonly truth: readonly number[];
  /** Photo by photo, of each class. */
  readonly probabilities: readonly (readonly number[])[];
}

/**
 * Of outputs [n, classes], or [n, 1]: the probability of the second of two classes; and of class indices [n].
 *
 * @throws GraftError for a probability that is NaN
 */
export async function assess(outputs: tf.Tensor, labels: tf.Tensor): Promise<Assessment> {
  const [values, truth] = await Promise.all([outputs.data(), labels.data()]);
  if (values.some(Number.isNaN))
    throw new GraftError('the model gives NaN for some photos: are its weights damaged?');
  const width = outputs.shape[1] as number;
  const probabilities = Array.from(truth, (_, i) => {
    const row = Array.from(values.subarray(i * width, (i + 1) * width));
    return width === 1 ? [1 - row[0]!, row[0]!] : row;
  });
  const likeliest = probabilities.map((row) => row.indexOf(Math.max(...row)));
  const classes = Math.max(width, 2);
  return {
    report: classificationReport(truth, likeliest, classes),
    ...{ truth: Array.from(truth), probabilities },
  };
}
