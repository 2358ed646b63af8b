// Keras's Subtract, which tfjs-layers lacks.

import { invalidArgument } from '@graftjs/core';
import * as tf from '@tensorflow/tfjs-core';
import type { LayerArgs } from './inputs.js';
import { Merging } from './merging.js';

/** See {@link subtract}. */
export class GraftSubtract extends Merging {
  static readonly className = 'GraftSubtract';

  constructor(args: LayerArgs = {}) {
    super(args);
  }

  protected override combine(a: tf.Tensor, b: tf.Tensor): tf.Tensor {
    return tf.sub(a, b);
  }

  protected override checkInputs(count: number): void {
    if (count !== 2) throw invalidArgument('inputs', 'two tensors', count);
  }
}

/**
 * Keras's Subtract: the first of two inputs less the second. Lengths of 1 are repeated, missing dimensions too.
 *
 * @throws GraftError, when it is called, if there are not two inputs
 * @example
 * import { input } from '@tensorflow/tfjs-layers';
 * import { subtract } from '@graftjs/layers';
 * subtract().apply([input({ shape: [8] }), input({ shape: [8] })]);
 */
export function subtract(args?: LayerArgs): GraftSubtract {
  return new GraftSubtract(args);
}
