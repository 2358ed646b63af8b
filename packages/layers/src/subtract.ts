// Keras's Subtract, which tfjs-layers lacks.

import { invalidArgument } from '@graftjs/core';
import * as tf from '@tensorflow/tfjs-core';
import { layers } from '@tensorflow/tfjs-layers';
import type { LayerArgs, Shape } from './inputs.js';

/** See {@link graftSubtract}. */
export class GraftSubtract extends layers.Layer {
  static readonly className = 'GraftSubtract';

  constructor(args: LayerArgs = {}) {
    super(args);
    this.supportsMasking = true;
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => {
      const [a, b] = two(Array.isArray(inputs) ? inputs : [inputs]);
      const rank = Math.max(a.rank, b.rank);
      const raised = (x: tf.Tensor) => tf.reshape(x, raise(x.shape, rank));
      return tf.sub(raised(a), raised(b));
    });
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    const isOne = !Array.isArray(inputShape[0]);
    const [a, b] = two((isOne ? [inputShape] : inputShape) as Shape[]);
    const rank = Math.max(a.length, b.length);
    const other = raise(b, rank);
    return raise(a, rank).map((length, i) => (length === 1 ? (other[i] as number | null) : length));
  }
}

function two<T>(inputs: T[]): [T, T] {
  if (inputs.length !== 2) throw invalidArgument('inputs', 'two tensors', inputs.length);
  return inputs as [T, T];
}

/** As Keras's merging layers do: further dimensions stand after the batch. */
function raise<Length>(shape: readonly Length[], rank: number): (Length | 1)[] {
  const [batch, ...others] = shape;
  return [batch as Length, ...Array<1>(rank - shape.length).fill(1), ...others];
}

/**
 * Keras's Subtract: the first of two inputs less the second. Lengths of 1 are repeated, missing dimensions too.
 *
 * @throws GraftError, when it is called, if there are not two inputs
 * @example
 * import { input } from '@tensorflow/tfjs-layers';
 * import { graftSubtract } from '@graftjs/layers';
 * graftSubtract().apply([input({ shape: [8] }), input({ shape: [8] })]);
 */
export function graftSubtract(args?: LayerArgs): GraftSubtract {
  return new GraftSubtract(args);
}
