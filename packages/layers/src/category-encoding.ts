// Keras's CategoryEncoding in all its ways; that of tfjs-layers takes other inputs for some of them.

import { invalidArgument } from '@graftjs/core';
import * as tf from '@tensorflow/tfjs-core';
import { layers } from '@tensorflow/tfjs-layers';
import { positive } from './convolution.js';
import {
  type CategoryOutput,
  categoryOutputs,
  encodeCategories,
  encodedShape,
} from './encode-categories.js';
import { type LayerArgs, oneShape, oneTensor, type Shape } from './inputs.js';

export interface CategoryEncodingArgs extends LayerArgs {
  /** How many categories there are; indices are less. */
  numTokens: number;
  /** Default `multiHot`. */
  outputMode?: CategoryOutput;
}

/** See {@link categoryEncoding}. */
export class GraftCategoryEncoding extends layers.Layer {
  static readonly className = 'GraftCategoryEncoding';
  private readonly numTokens: number;
  private readonly outputMode: CategoryOutput;

  constructor(args: CategoryEncodingArgs) {
    super(args);
    this.numTokens = positive('numTokens', args.numTokens);
    this.outputMode = args.outputMode ?? 'multiHot';
    if (!categoryOutputs.includes(this.outputMode)) {
      throw invalidArgument('outputMode', `one of ${categoryOutputs.join(', ')}`, args.outputMode);
    }
    if (this.outputMode !== 'oneHot') this.inputSpec = [{ ndim: 2 }];
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => encodeCategories(oneTensor(inputs), this.outputMode, this.numTokens));
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    return encodedShape(oneShape(inputShape), this.outputMode, this.numTokens);
  }

  override getConfig(): tf.serialization.ConfigDict {
    const { numTokens, outputMode } = this;
    return { ...super.getConfig(), numTokens, outputMode };
  }
}

/**
 * Keras's CategoryEncoding: of indices [batch, n] a vector [batch, numTokens], which says which there are (`multiHot`) or how
 * often (`count`), or with `oneHot` of each index one; a last axis of 1 gives way to it.
 *
 * @throws GraftError when an argument is out of range
 * @example
 * import { categoryEncoding } from '@graftjs/layers';
 * categoryEncoding({ numTokens: 4, outputMode: 'count' });
 */
export function categoryEncoding(args: CategoryEncodingArgs): GraftCategoryEncoding {
  return new GraftCategoryEncoding(args);
}
