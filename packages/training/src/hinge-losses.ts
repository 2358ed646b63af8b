// Losses that ask for a margin, as Keras defines them.

import * as tf from '@tensorflow/tfjs-core';
import type { ModelOutput } from '@graftjs/core';
import { checkTargets, targetsLike } from './targets.js';

/** max(1 − t·p, 0), mean over the last axis; `yTrue` holds −1 and 1, or in all of the batch 0 and 1. */
export function hinge(yTrue: tf.Tensor, output: ModelOutput): tf.Tensor {
  return tf.mean(margins(yTrue, output), -1);
}

/** max(1 − t·p, 0)², mean over the last axis; `yTrue` as for {@link hinge}. */
export function squaredHinge(yTrue: tf.Tensor, output: ModelOutput): tf.Tensor {
  return tf.mean(tf.square(margins(yTrue, output)), -1);
}

/** max(n − p + 1, 0), where p is the score of the right class and n the best of the others; `yTrue` is one-hot. */
export function categoricalHinge(yTrue: tf.Tensor, { predictions }: ModelOutput): tf.Tensor {
  checkTargets(yTrue, [predictions.shape]);
  const targets = tf.cast(yTrue, 'float32');
  const right = tf.sum(tf.mul(targets, predictions), -1);
  const wrong = tf.max(tf.mul(tf.sub(1, targets), predictions), -1);
  return tf.maximum(tf.add(tf.sub(wrong, right), 1), 0);
}

function margins(yTrue: tf.Tensor, { predictions }: ModelOutput): tf.Tensor {
  const signs = toSigns(targetsLike(yTrue, predictions));
  return tf.maximum(tf.sub(1, tf.mul(signs, predictions)), 0);
}

/** 0 and 1 become −1 and 1 where a batch has nothing else; decided on the device, where the targets are. */
function toSigns(targets: tf.Tensor): tf.Tensor {
  const binary = tf.all(tf.logicalOr(tf.equal(targets, 0), tf.equal(targets, 1)));
  return tf.add(targets, tf.mul(tf.cast(binary, 'float32'), tf.sub(targets, 1)));
}
