// Keras's GroupQueryAttention, in which several heads of the query share one of key and value.

import { invalidArgument } from '@graftjs/core';
import * as tf from '@tensorflow/tfjs-core';
import { positive } from './convolution.js';
import type { Shape } from './inputs.js';
import {
  ProjectedAttention,
  type ProjectedAttentionArgs,
  type Projections,
} from './projected-attention.js';
import { Projection } from './projection.js';

export interface GroupQueryAttentionArgs extends ProjectedAttentionArgs {
  /** Channels in each head. */
  headDim: number;
  /** A multiple of `numKeyValueHeads`. */
  numQueryHeads: number;
  numKeyValueHeads: number;
}

/** See {@link groupQueryAttention}. */
export class GraftGroupQueryAttention extends ProjectedAttention {
  static readonly className = 'GraftGroupQueryAttention';
  private readonly headDim: number;
  private readonly numQueryHeads: number;
  private readonly numKeyValueHeads: number;

  constructor(args: GroupQueryAttentionArgs) {
    super(args);
    this.headDim = positive('headDim', args.headDim);
    this.numQueryHeads = positive('numQueryHeads', args.numQueryHeads);
    this.numKeyValueHeads = positive('numKeyValueHeads', args.numKeyValueHeads);
    if (this.numQueryHeads % this.numKeyValueHeads !== 0) {
      const rule = `a multiple of the ${this.numKeyValueHeads} heads of key and value`;
      throw invalidArgument('numQueryHeads', rule, this.numQueryHeads);
    }
  }

  protected override makeProjections(query: Shape): Projections {
    const { headDim, numQueryHeads, numKeyValueHeads, useBias } = this;
    const split = (name: string, heads: number) =>
      new Projection('abx,xyz->abyz', [null, heads, headDim], useBias ? 'yz' : null, `${name}/`);
    const last = this.outputLengths(query);
    return {
      query: split('query', numQueryHeads),
      key: split('key', numKeyValueHeads),
      ...(this.useGate && { gate: split('gate', numQueryHeads) }),
      value: split('value', numKeyValueHeads),
      output: new Projection(
        'abyz,yzx->abx',
        [null, ...last],
        useBias ? 'x' : null,
        'attention_output/',
      ),
    };
  }

  protected override axes(): number[] {
    return [1];
  }

  protected override keyLength(): number {
    return this.headDim;
  }

  protected override outputLengths(query: Shape): Shape {
    return query.slice(-1);
  }

  protected override repeated(x: tf.Tensor): tf.Tensor {
    const [batch, steps, heads, channels] = x.shape as [number, number, number, number];
    const times = this.numQueryHeads / this.numKeyValueHeads;
    // Of this rank, tfjs knows the gradient of tile.
    const tiled = tf.tile(tf.reshape(x, [batch * steps * heads, 1, channels]), [1, times, 1]);
    return tf.reshape(tiled, [batch, steps, heads * times, channels]);
  }

  override getConfig(): tf.serialization.ConfigDict {
    const { headDim, numQueryHeads, numKeyValueHeads } = this;
    return { ...super.getConfig(), headDim, numQueryHeads, numKeyValueHeads };
  }
}

/**
 * Keras's GroupQueryAttention (https://arxiv.org/abs/2305.13245): called as multiHeadAttention, with [batch, steps,
 * channels]; the output has the query's shape.
 *
 * @throws GraftError when an argument is out of range, or, when it is called, for another number of inputs
 * @example
 * import { input } from '@tensorflow/tfjs-layers';
 * import { groupQueryAttention } from '@graftjs/layers';
 * const x = input({ shape: [10, 16] });
 * groupQueryAttention({ headDim: 8, numQueryHeads: 4, numKeyValueHeads: 2 }).apply([x, x]);
 */
export function groupQueryAttention(args: GroupQueryAttentionArgs): GraftGroupQueryAttention {
  return new GraftGroupQueryAttention(args);
}
