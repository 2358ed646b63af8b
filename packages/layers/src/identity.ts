// Keras's Identity, which tfjs-layers lacks.

import type * as tf from '@tensorflow/tfjs-core';
import { layers } from '@tensorflow/tfjs-layers';
import { type LayerArgs, oneTensor, type Shape } from './inputs.js';

/** See {@link identity}. */
export class GraftIdentity extends layers.Layer {
  static readonly className = 'GraftIdentity';

  constructor(args: LayerArgs = {}) {
    super(args);
    this.supportsMasking = true;
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return oneTensor(inputs);
  }

  override computeOutputShape(inputShape: Shape): Shape {
    return inputShape;
  }
}

/**
 * Keras's Identity: its input, of any shape, with its mask.
 *
 * @example
 * import { identity } from '@graftjs/layers';
 * identity({ name: 'features' });
 */
export function identity(args?: LayerArgs): GraftIdentity {
  return new GraftIdentity(args);
}
