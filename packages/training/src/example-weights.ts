// The weight of each example of a batch: from the data, or by its class.

import * as tf from '@tensorflow/tfjs-core';
import { GraftError, invalidArgument, type Batch } from '@graftjs/core';

/** Class index → weight; a class that is not named has weight 1. */
export type ClassWeight = Readonly<Record<number, number>>;

/** Gives the weights [batch] of a batch's examples, or undefined where all count alike. */
export type ExampleWeights = (batch: Batch) => tf.Tensor | undefined;

/** The weights that come with the data. */
export const givenWeights: ExampleWeights = ({ xs, sampleWeights }) => {
  if (sampleWeights) checkSampleWeights(sampleWeights, xs);
  return sampleWeights;
};

/**
 * Weights by class, as Keras has them: the class is the index in `ys` [batch] or [batch, 1], else the largest target.
 *
 * @throws GraftError for a class or weight that is none, and later for a batch that brings weights of its own
 */
export function classWeights(classWeight: ClassWeight): ExampleWeights {
  for (const [key, weight] of Object.entries(classWeight) as [string, number][]) {
    const index = Number(key);
    if (!(Number.isInteger(index) && index >= 0 && Number.isFinite(weight) && weight >= 0)) {
      throw invalidArgument('classWeight', 'numbers ≥ 0 by class index', classWeight);
    }
  }
  // tf.oneHot wants two classes at least.
  const size = Math.max(1, ...Object.keys(classWeight).map(Number)) + 1;
  const table = Array.from({ length: size }, (_, index) => classWeight[index] ?? 1);
  return ({ ys, sampleWeights }) => {
    if (sampleWeights) {
      throw new GraftError('classWeight cannot be given where batches have sampleWeights');
    }
    const classes = tf.cast(tf.round(classesOf(ys)), 'int32');
    const oneHot = tf.cast(tf.oneHot(classes, size), 'float32');
    // A class beyond the table has a row of zeros.
    const known = tf.sum(oneHot, -1);
    return tf.add(tf.sum(tf.mul(oneHot, tf.tensor1d(table)), -1), tf.sub(1, known));
  };
}

function classesOf(ys: tf.Tensor): tf.Tensor {
  const last = ys.shape.at(-1);
  if (ys.rank === 1 || (ys.rank === 2 && last === 1)) return tf.reshape(ys, [-1]);
  if (ys.rank === 2) return tf.argMax(ys, -1);
  throw new GraftError(
    `ys must be [batch] or [batch, classes] where classWeight is given. Received: [${ys.shape}]`,
  );
}

/** @throws GraftError unless there is one weight for each example */
export function checkSampleWeights({ shape }: tf.Tensor, xs: tf.Tensor): void {
  const examples = xs.shape[0] as number;
  if (shape.length === 1 && shape[0] === examples) return;
  throw new GraftError(`sampleWeights must have the shape [${examples}]. Received: [${shape}]`);
}

/** Values [batch, …] times the weights of their examples. */
export function weigh(values: tf.Tensor, weights: tf.Tensor | undefined): tf.Tensor {
  if (!weights) return values;
  const inner = Array<number>(Math.max(values.rank - 1, 0)).fill(1);
  return tf.mul(values, tf.reshape(weights, [-1, ...inner]));
}
