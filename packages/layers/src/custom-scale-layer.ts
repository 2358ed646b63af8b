// The CustomScaleLayer of Keras's InceptionResNetV2: a shortcut plus a scaled residual.

import * as tf from '@tensorflow/tfjs-core';
import { layers } from '@tensorflow/tfjs-layers';
import { type LayerArgs, oneShape, type Shape } from './inputs.js';

export interface CustomScaleLayerArgs extends LayerArgs {
  /** What the second input is multiplied with. */
  scale: number;
}

/** See {@link customScaleLayer}. */
export class GraftCustomScaleLayer extends layers.Layer {
  static readonly className = 'GraftCustomScaleLayer';
  private readonly scale: number;

  constructor(args: CustomScaleLayerArgs) {
    super(args);
    this.scale = args.scale;
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const [shortcut, residual] = inputs as [tf.Tensor, tf.Tensor];
    return tf.tidy(() => tf.add(shortcut, tf.mul(residual, this.scale)));
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    return oneShape(inputShape);
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), scale: this.scale };
  }
}

/**
 * The first of two inputs of the same shape, plus `scale` times the second.
 *
 * @example
 * import { input } from '@tensorflow/tfjs-layers';
 * import { customScaleLayer } from '@graftjs/layers';
 * customScaleLayer({ scale: 0.2 }).apply([input({ shape: [8] }), input({ shape: [8] })]);
 */
export function customScaleLayer(args: CustomScaleLayerArgs): GraftCustomScaleLayer {
  return new GraftCustomScaleLayer(args);
}
