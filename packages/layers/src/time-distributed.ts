// Keras's TimeDistributed; that of tfjs-layers hands the whole mask to every step.

import { invalidArgument } from '@graftjs/core';
import * as tf from '@tensorflow/tfjs-core';
import type { layers } from '@tensorflow/tfjs-layers';
import { CompositeLayer } from './composite-layer.js';
import {
  type CallArgs,
  firstMask,
  type LayerArgs,
  oneShape,
  oneTensor,
  type Shape,
} from './inputs.js';
import { configOf, layerFromConfig } from './layer-from-config.js';

export interface TimeDistributedArgs extends LayerArgs {
  /** What is done to each step; also a model. */
  layer: layers.Layer;
}

/** See {@link timeDistributed}. */
export class GraftTimeDistributed extends CompositeLayer {
  static readonly className = 'GraftTimeDistributed';
  readonly layer: layers.Layer;

  constructor(args: TimeDistributedArgs) {
    super(args);
    this.layer = args.layer;
    this.supportsMasking = true;
  }

  get innerLayers(): readonly layers.Layer[] {
    return [this.layer];
  }

  override build(inputShape: Shape | Shape[]): void {
    this.buildInner(this.layer, ofStep(oneShape(inputShape)));
    this.adoptWeights();
  }

  override call(inputs: tf.Tensor | tf.Tensor[], { training, mask }: CallArgs): tf.Tensor {
    return tf.tidy(() => {
      const x = oneTensor(inputs);
      const given = firstMask(mask);
      if (training === true) {
        // Statistics of a batch are those of one step.
        const masks = given && tf.unstack(given, 1);
        const ys = tf.unstack(x, 1).map((step, t) => this.step(step, true, masks?.[t]));
        return tf.stack(ys, 1);
      }
      // At other times examples have nothing to do with each other, and all steps are one batch.
      const [batch, steps] = x.shape as [number, number];
      const together = (tensor: tf.Tensor) =>
        tf.reshape(tensor, [batch * steps, ...tensor.shape.slice(2)]);
      const y = this.step(together(x), false, given ? together(given) : undefined);
      return tf.reshape(y, [batch, steps, ...y.shape.slice(1)]);
    });
  }

  private step(x: tf.Tensor, training: boolean, mask: tf.Tensor | undefined): tf.Tensor {
    return oneTensor(this.layer.apply(x, mask ? { training, mask } : { training }) as tf.Tensor);
  }

  override computeMask(_: unknown, masks?: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const mask = firstMask(masks);
    // A clone, since a tensor that is disposed takes its mask with it. tfjs-layers takes null for none.
    return (mask && tf.clone(mask)) as tf.Tensor;
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    const shape = oneShape(inputShape);
    const [batch = null, ...rest] = oneShape(this.layer.computeOutputShape(ofStep(shape)));
    return [batch, shape[1] ?? null, ...rest];
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), layer: configOf(this.layer) };
  }

  static override fromConfig<T extends tf.serialization.Serializable>(
    cls: tf.serialization.SerializableConstructor<T>,
    config: tf.serialization.ConfigDict,
  ): T {
    return new cls({ ...config, layer: layerFromConfig(config.layer) });
  }
}

function ofStep(shape: Shape): Shape {
  const [batch = null, , ...rest] = shape;
  if (rest.length > 0) return [batch, ...rest];
  throw invalidArgument('inputShape', '[batch, steps, …], of rank 3 or more', shape);
}

/**
 * Keras's TimeDistributed: applies a layer, or a model, to each step of [batch, steps, …]. In training the steps go one
 * after the other, so that a BatchNormalization within takes the statistics of one step at a time, as in Keras.
 *
 * @throws GraftError when the input has fewer than three dimensions
 * @example
 * import { layers } from '@tensorflow/tfjs-layers';
 * import { timeDistributed } from '@graftjs/layers';
 * timeDistributed({ layer: layers.conv2d({ filters: 8, kernelSize: 3 }), inputShape: [10, 64, 64, 3] });
 */
export function timeDistributed(args: TimeDistributedArgs): GraftTimeDistributed {
  return new GraftTimeDistributed(args);
}
