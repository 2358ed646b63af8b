// Keras's Maximum; the gradient of tfjs has the wrong shape where a length of 1 is repeated.

import * as tf from '@tensorflow/tfjs-core';
import type { LayerArgs } from './inputs.js';
import { Merging, sameShape } from './merging.js';

/** See {@link maximum}. */
export class GraftMaximum extends Merging {
  static readonly className = 'GraftMaximum';

  constructor(args: LayerArgs = {}) {
    super(args);
  }

  protected override combine(a: tf.Tensor, b: tf.Tensor): tf.Tensor {
    return tf.maximum(...sameShape(a, b));
  }
}

/**
 * Keras's Maximum: the largest value of two or more inputs, element by element. Lengths of 1 are repeated, missing
 * dimensions too. Of equal values, the first input has the gradient.
 *
 * @throws GraftError, when it is called, if there is one input
 * @example
 * import { input } from '@tensorflow/tfjs-layers';
 * import { maximum } from '@graftjs/layers';
 * maximum().apply([input({ shape: [8] }), input({ shape: [8] })]);
 */
export function maximum(args?: LayerArgs): GraftMaximum {
  return new GraftMaximum(args);
}
