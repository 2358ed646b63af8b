// Keras's MultiHeadAttention, which tfjs-layers lacks.

import { invalidArgument } from '@graftjs/core';
import type * as tf from '@tensorflow/tfjs-core';
import { positive } from './convolution.js';
import type { Shape } from './inputs.js';
import {
  ProjectedAttention,
  type ProjectedAttentionArgs,
  type Projections,
} from './projected-attention.js';
import { Projection } from './projection.js';

export interface MultiHeadAttentionArgs extends ProjectedAttentionArgs {
  numHeads: number;
  /** Channels of query and key in each head. */
  keyDim: number;
  /** Channels of the value in each head. Default `keyDim`. */
  valueDim?: number | null;
  /** The output's last lengths. Default: the query's last one. */
  outputShape?: number | readonly number[] | null;
  /** The axes along which steps attend to each other, counting the batch. Default: all but the batch and the channels. */
  attentionAxes?: number | readonly number[] | null;
}

const letters = 'abcdefghijklmnopqrstuvw';

/** See {@link multiHeadAttention}. */
export class GraftMultiHeadAttention extends ProjectedAttention {
  static readonly className = 'GraftMultiHeadAttention';
  private readonly numHeads: number;
  private readonly keyDim: number;
  private readonly valueDim: number;
  private readonly lastLengths: number[] | null;
  private readonly attentionAxes: number[] | null;

  constructor(args: MultiHeadAttentionArgs) {
    super(args);
    this.numHeads = positive('numHeads', args.numHeads);
    this.keyDim = positive('keyDim', args.keyDim);
    this.valueDim = positive('valueDim', args.valueDim ?? args.keyDim);
    const { outputShape, attentionAxes } = args;
    this.lastLengths =
      outputShape == null
        ? null
        : [outputShape].flat().map((each) => positive('outputShape', each));
    this.attentionAxes = attentionAxes == null ? null : [attentionAxes].flat();
  }

  protected override makeProjections(query: Shape, key: Shape, value: Shape): Projections {
    const { numHeads, keyDim, valueDim, useBias } = this;
    const split = (name: string, shape: Shape, channels: number) => {
      const free = letters.slice(0, shape.length - 1);
      const lengths = [...Array<null>(shape.length - 2).fill(null), numHeads, channels];
      const bias = useBias ? 'yz' : null;
      return new Projection(`${free}x,xyz->${free}yz`, lengths, bias, `${name}/`);
    };
    const free = letters.slice(0, query.length - 1);
    const lengths = this.outputLengths(query);
    const last = [...letters].slice(free.length).slice(0, lengths.length).join('');
    const output = [...Array<null>(query.length - 2).fill(null), ...lengths];
    return {
      query: split('query', query, keyDim),
      key: split('key', key, keyDim),
      ...(this.useGate && { gate: split('gate', query, valueDim) }),
      value: split('value', value, valueDim),
      output: new Projection(
        `${free}yz,yz${last}->${free}${last}`,
        output,
        useBias ? last : null,
        'attention_output/',
      ),
    };
  }

  protected override axes(rank: number): number[] {
    const all = Array.from({ length: rank - 2 }, (_, i) => i + 1);
    // Keras counts negative ones with the axis of the heads, which stands before the channels.
    const axes = (this.attentionAxes ?? all).map((axis) => (axis < 0 ? axis + rank : axis));
    if (axes.length > 0 && axes.every((axis) => all.includes(axis))) return axes;
    throw invalidArgument('attentionAxes', `of ${all.join(', ')}`, this.attentionAxes);
  }

  protected override keyLength(): number {
    return this.keyDim;
  }

  protected override outputLengths(query: Shape): Shape {
    return this.lastLengths ?? query.slice(-1);
  }

  override getConfig(): tf.serialization.ConfigDict {
    const { numHeads, keyDim, valueDim, attentionAxes } = this;
    return {
      ...super.getConfig(),
      ...{ numHeads, keyDim, valueDim, attentionAxes, outputShape: this.lastLengths },
    };
  }
}

/**
 * Keras's MultiHeadAttention (https://arxiv.org/abs/1706.03762): it is called with [query, value], or with [query, value,
 * key], or with a mask [batch, queries, keys] behind these, true where a query heeds a key. Query [batch, …steps, channels]
 * → [batch, …steps, …outputShape]. Masks of its inputs hold as well; that of the query is the output's.
 *
 * @throws GraftError when an argument is out of range, or, when it is called, for another number of inputs
 * @example
 * import { input } from '@tensorflow/tfjs-layers';
 * import { multiHeadAttention } from '@graftjs/layers';
 * const x = input({ shape: [10, 16] });
 * multiHeadAttention({ numHeads: 4, keyDim: 8, useCausalMask: true }).apply([x, x]);
 */
export function multiHeadAttention(args: MultiHeadAttentionArgs): GraftMultiHeadAttention {
  return new GraftMultiHeadAttention(args);
}
