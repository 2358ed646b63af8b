// What the layers share that combine inputs element by element, with lengths of 1 repeated.

import { invalidArgument } from '@graftjs/core';
import * as tf from '@tensorflow/tfjs-core';
import { layers } from '@tensorflow/tfjs-layers';
import type { LayerArgs, Shape } from './inputs.js';
import { mergeMasks } from './merge-masks.js';

/** Of the inputs' shapes, brought to one rank. */
export abstract class Merging extends layers.Layer {
  constructor(args: LayerArgs) {
    super(args);
    this.supportsMasking = true;
  }

  protected abstract combine(a: tf.Tensor, b: tf.Tensor): tf.Tensor;

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => {
      const tensors = Array.isArray(inputs) ? inputs : [inputs];
      const rank = Math.max(...tensors.map((x) => x.rank));
      return tensors
        .map((x) => tf.reshape(x, raise(x.shape, rank)))
        .reduce((a, b) => this.combine(a, b));
    });
  }

  override computeMask(_: unknown, masks?: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return mergeMasks(Array.isArray(masks) ? masks : []) as tf.Tensor;
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    const shapes = (Array.isArray(inputShape[0]) ? inputShape : [inputShape]) as Shape[];
    this.checkInputs(shapes.length);
    const rank = Math.max(...shapes.map((shape) => shape.length));
    const merge = (a: Shape, b: Shape) => a.map((length, i) => (length === 1 ? b[i]! : length));
    return shapes.map((shape) => raise(shape, rank)).reduce(merge);
  }

  protected checkInputs(count: number): void {
    if (count < 2) throw invalidArgument('inputs', 'two tensors or more', count);
  }
}

/** As in Keras, further dimensions stand after the batch. */
function raise<Length>(shape: readonly Length[], rank: number): (Length | 1)[] {
  const [batch, ...others] = shape;
  return [batch as Length, ...Array<1>(rank - shape.length).fill(1), ...others];
}

/** Both in the shape that they have together, by a sum, whose gradient tfjs brings back to their own. */
export function sameShape(a: tf.Tensor, b: tf.Tensor): [tf.Tensor, tf.Tensor] {
  if (tf.util.arraysEqual(a.shape, b.shape)) return [a, b];
  const zeros = tf.zeros(tf.backend_util.assertAndGetBroadcastShape(a.shape, b.shape));
  return [tf.add(a, zeros), tf.add(b, zeros)];
}
