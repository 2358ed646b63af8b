// Keras's Discretization, which tfjs-layers lacks.

import { invalidArgument } from '@graftjs/core';
import * as tf from '@tensorflow/tfjs-core';
import { layers } from '@tensorflow/tfjs-layers';
import {
  type CategoryOutput,
  categoryOutputs,
  encodeCategories,
  encodedShape,
} from './encode-categories.js';
import { type LayerArgs, oneShape, oneTensor, type Shape } from './inputs.js';

export interface DiscretizationArgs extends LayerArgs {
  /** Where one bin ends and the next begins, ascending. */
  binBoundaries: readonly number[];
  /** `int` (default): the index of its bin for each value; else a vector, as CategoryEncoding makes of that. */
  outputMode?: 'int' | CategoryOutput;
}

/** See {@link discretization}. */
export class GraftDiscretization extends layers.Layer {
  static readonly className = 'GraftDiscretization';
  private readonly binBoundaries: readonly number[];
  private readonly outputMode: 'int' | CategoryOutput;

  constructor(args: DiscretizationArgs) {
    super(args);
    const { binBoundaries, outputMode = 'int' } = args;
    const ascends = binBoundaries.every(
      (value, i) => i === 0 || value >= (binBoundaries[i - 1] as number),
    );
    if (binBoundaries.length === 0 || !binBoundaries.every(Number.isFinite) || !ascends) {
      throw invalidArgument('binBoundaries', 'one or more numbers, ascending', binBoundaries);
    }
    this.binBoundaries = binBoundaries;
    this.outputMode = outputMode;
    if (outputMode === 'int') return;
    if (!categoryOutputs.includes(outputMode)) {
      throw invalidArgument('outputMode', `one of int, ${categoryOutputs.join(', ')}`, outputMode);
    }
    if (outputMode !== 'oneHot') this.inputSpec = [{ ndim: 2 }];
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => {
      const x = tf.expandDims(oneTensor(inputs), -1);
      const reached = tf.greaterEqual(x, tf.tensor1d([...this.binBoundaries]));
      const bins = tf.sum(tf.cast(reached, 'float32'), -1);
      if (this.outputMode === 'int') return tf.cast(bins, 'int32');
      return encodeCategories(bins, this.outputMode, this.binBoundaries.length + 1);
    });
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    const shape = oneShape(inputShape);
    if (this.outputMode === 'int') return shape;
    return encodedShape(shape, this.outputMode, this.binBoundaries.length + 1);
  }

  override getConfig(): tf.serialization.ConfigDict {
    const { outputMode } = this;
    return { ...super.getConfig(), binBoundaries: [...this.binBoundaries], outputMode };
  }
}

/**
 * Keras's Discretization with given boundaries: value x is in bin i if i of them are ≤ x. Any shape.
 *
 * @throws GraftError when the boundaries do not ascend, or the output is none
 * @example
 * import { discretization } from '@graftjs/layers';
 * discretization({ binBoundaries: [0, 0.5, 1], outputMode: 'oneHot' });
 */
export function discretization(args: DiscretizationArgs): GraftDiscretization {
  return new GraftDiscretization(args);
}
