// Keras's Minimum; the gradient of tfjs has the wrong shape where a length of 1 is repeated.

import * as tf from '@tensorflow/tfjs-core';
import type { LayerArgs } from './inputs.js';
import { Merging, sameShape } from './merging.js';

/** See {@link minimum}. */
export class GraftMinimum extends Merging {
  static readonly className = 'GraftMinimum';

  constructor(args: LayerArgs = {}) {
    super(args);
  }

  protected override combine(a: tf.Tensor, b: tf.Tensor): tf.Tensor {
    return tf.minimum(...sameShape(a, b));
  }
}

/**
 * Keras's Minimum: the smallest value of two or more inputs, element by element. Lengths of 1 are repeated, missing
 * dimensions too. Of equal values, the first input has the gradient.
 *
 * @throws GraftError, when it is called, if there is one input
 * @example
 * import { input } from '@tensorflow/tfjs-layers';
 * import { minimum } from '@graftjs/layers';
 * minimum().apply([input({ shape: [8] }), input({ shape: [8] })]);
 */
export function minimum(args?: LayerArgs): GraftMinimum {
  return new GraftMinimum(args);
}
