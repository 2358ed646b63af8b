// The LayerScale of Keras's ConvNeXt: a learned factor for each channel.

import * as tf from '@tensorflow/tfjs-core';
import { initializers, layers, type LayerVariable } from '@tensorflow/tfjs-layers';
import { type LayerArgs, oneTensor, type Shape } from './inputs.js';

export interface LayerScaleArgs extends LayerArgs {
  /** The factor of every channel at first. */
  initValues: number;
  /** The number of channels. */
  projectionDim: number;
}

/** See {@link layerScale}. */
export class GraftLayerScale extends layers.Layer {
  static readonly className = 'GraftLayerScale';
  private readonly initValues: number;
  private readonly projectionDim: number;
  private gamma: LayerVariable | undefined;

  constructor(args: LayerScaleArgs) {
    super(args);
    this.initValues = args.initValues;
    this.projectionDim = args.projectionDim;
  }

  override build(): void {
    const initializer = initializers.constant({ value: this.initValues });
    this.gamma = this.addWeight('gamma', [this.projectionDim], 'float32', initializer);
    this.built = true;
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.mul(oneTensor(inputs), (this.gamma as LayerVariable).read());
  }

  override computeOutputShape(inputShape: Shape): Shape {
    return inputShape;
  }

  override getConfig(): tf.serialization.ConfigDict {
    const { initValues, projectionDim } = this;
    return { ...super.getConfig(), initValues, projectionDim };
  }
}

/**
 * Multiplies each channel, the last axis, with a weight of its own (https://arxiv.org/abs/2103.17239).
 *
 * @example
 * import { layerScale } from '@graftjs/layers';
 * layerScale({ initValues: 1e-6, projectionDim: 96 });
 */
export function layerScale(args: LayerScaleArgs): GraftLayerScale {
  return new GraftLayerScale(args);
}
