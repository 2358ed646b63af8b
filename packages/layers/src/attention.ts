// Keras's Attention and AdditiveAttention, which tfjs-layers lacks.

import { invalidArgument, type DrawingLayer } from '@graftjs/core';
import * as tf from '@tensorflow/tfjs-core';
import { initializers, type LayerVariable, layers } from '@tensorflow/tfjs-layers';
import { allOf, causalMask, where } from './attention-masks.js';
import type { CallArgs, LayerArgs, Shape } from './inputs.js';
import { masksOf, mendMasks } from './masks.js';
import { Seeds } from './seeds.js';

export interface AdditiveAttentionArgs extends LayerArgs {
  /** Whether scores are scaled by a weight. Default true. */
  useScale?: boolean;
  /** The probability with which a score is dropped in training. Default 0. */
  dropout?: number;
  /** Whether a step attends to itself and earlier ones only. An argument of the call in Keras. Default false. */
  useCausalMask?: boolean;
  /** Whether the scores are a second output. An argument of the call in Keras. Default false. */
  returnAttentionScores?: boolean;
  seed?: number | null;
}

export interface AttentionArgs extends AdditiveAttentionArgs {
  /** Default false. */
  useScale?: boolean;
  /** `dot` (default): query · key. `concat`: Σ tanh(query + key), times a weight. */
  scoreMode?: 'dot' | 'concat';
}

abstract class ScoredAttention extends layers.Layer implements DrawingLayer {
  protected readonly useScale: boolean;
  private readonly dropout: number;
  private readonly useCausalMask: boolean;
  private readonly returnAttentionScores: boolean;
  readonly seeds: Seeds;

  constructor(args: AdditiveAttentionArgs, useScale: boolean) {
    super(args);
    mendMasks();
    this.supportsMasking = true;
    const { dropout = 0 } = args;
    if (!(dropout >= 0 && dropout < 1)) {
      throw invalidArgument('dropout', 'a number ≥ 0 and < 1', dropout);
    }
    this.useScale = args.useScale ?? useScale;
    this.dropout = dropout;
    this.useCausalMask = args.useCausalMask ?? false;
    this.returnAttentionScores = args.returnAttentionScores ?? false;
    this.seeds = new Seeds(args.seed ?? null);
  }

  /** [batch, queries, keys] of [batch, queries, channels] and [batch, keys, channels]. */
  protected abstract score(query: tf.Tensor, key: tf.Tensor): tf.Tensor;

  override call(inputs: tf.Tensor | tf.Tensor[], kwargs: CallArgs): tf.Tensor | tf.Tensor[] {
    return tf.tidy(() => {
      const list = [inputs].flat();
      const [query, value, key = value] = list as [tf.Tensor, tf.Tensor];
      const [ofQuery, ofValue] = masksOf(kwargs, list);
      const raw = this.score(query, key);
      const [queries, keys] = raw.shape.slice(-2) as [number, number];
      const mask = allOf([
        ofValue ? tf.expandDims(ofValue, 1) : null,
        this.useCausalMask ? causalMask(queries, keys) : null,
      ]);
      const masked = mask
        ? tf.sub(raw, where(tf.logicalNot(mask), tf.fill(raw.shape, 1e9), 0))
        : raw;
      const scores = tf.softmax(masked);
      const drops = kwargs.training === true && this.dropout > 0;
      const kept = drops ? tf.dropout(scores, this.dropout, undefined, this.seeds.next()) : scores;
      const sum = tf.matMul(kept, value);
      const output = ofQuery ? where(tf.expandDims(ofQuery, -1), sum, 0) : sum;
      return this.returnAttentionScores ? [output, drops ? kept : scores] : output;
    });
  }

  override computeMask(
    inputs: tf.Tensor | tf.Tensor[],
    mask?: tf.Tensor | tf.Tensor[],
  ): tf.Tensor | tf.Tensor[] {
    const [ofQuery] = masksOf({ mask }, [inputs].flat());
    return (this.returnAttentionScores ? [ofQuery, null] : ofQuery) as tf.Tensor;
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape | Shape[] {
    const [query, value] = checkedShapes(inputShape);
    const output = [...query.slice(0, -1), value.at(-1) as number];
    const scores = [...query.slice(0, -1), value.at(-2) as number];
    return this.returnAttentionScores ? [output, scores] : output;
  }

  override getConfig(): tf.serialization.ConfigDict {
    const { useScale, dropout, useCausalMask, returnAttentionScores } = this;
    return {
      ...super.getConfig(),
      ...{ useScale, dropout, useCausalMask, returnAttentionScores },
      seed: this.seeds.seed,
    };
  }
}

/** See {@link attention}. */
export class GraftAttention extends ScoredAttention {
  static readonly className = 'GraftAttention';
  private readonly scoreMode: 'dot' | 'concat';
  private scale: LayerVariable | undefined;
  private concatScoreWeight: LayerVariable | undefined;

  constructor(args: AttentionArgs = {}) {
    super(args, false);
    const { scoreMode = 'dot' } = args;
    if (scoreMode !== 'dot' && scoreMode !== 'concat') {
      throw invalidArgument('scoreMode', '"dot" or "concat"', scoreMode);
    }
    this.scoreMode = scoreMode;
  }

  override build(inputShape: Shape | Shape[]): void {
    checkedShapes(inputShape);
    const add = (name: string) => this.addWeight(name, [], 'float32', initializers.ones());
    if (this.useScale) this.scale = add('scale');
    if (this.scoreMode === 'concat') this.concatScoreWeight = add('concat_score_weight');
    this.built = true;
  }

  protected override score(query: tf.Tensor, key: tf.Tensor): tf.Tensor {
    const scaled = (x: tf.Tensor) => (this.scale ? tf.mul(x, this.scale.read()) : x);
    if (!this.concatScoreWeight) return scaled(tf.matMul(query, key, false, true));
    const sums = tf.sum(tf.tanh(scaled(pairs(query, key))), -1);
    return tf.mul(sums, this.concatScoreWeight.read());
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), scoreMode: this.scoreMode };
  }
}

/** See {@link additiveAttention}. */
export class GraftAdditiveAttention extends ScoredAttention {
  static readonly className = 'GraftAdditiveAttention';
  private scale: LayerVariable | undefined;

  constructor(args: AdditiveAttentionArgs = {}) {
    super(args, true);
  }

  override build(inputShape: Shape | Shape[]): void {
    const [query] = checkedShapes(inputShape);
    const channels = query.at(-1);
    if (channels == null) {
      throw invalidArgument('inputShape', 'a query with known channels', query);
    }
    if (this.useScale) {
      // GlorotUniform, which tfjs-layers computes otherwise for a vector.
      const limit = Math.sqrt(3 / channels);
      const initializer = initializers.randomUniform({ minval: -limit, maxval: limit });
      this.scale = this.addWeight('scale', [channels], 'float32', initializer);
    }
    this.built = true;
  }

  protected override score(query: tf.Tensor, key: tf.Tensor): tf.Tensor {
    const activated = tf.tanh(pairs(query, key));
    return tf.sum(this.scale ? tf.mul(activated, this.scale.read()) : activated, -1);
  }
}

/** Of each query and each key the sum: [batch, queries, keys, channels]. */
function pairs(query: tf.Tensor, key: tf.Tensor): tf.Tensor {
  return tf.add(tf.expandDims(query, -2), tf.expandDims(key, -3));
}

/** @throws GraftError unless there are shapes of query, value, and perhaps of key */
function checkedShapes(shapes: Shape | Shape[]): [Shape, Shape, Shape?] {
  const list = (Array.isArray(shapes[0]) ? shapes : [shapes]) as Shape[];
  const isSound = list.length === 2 || list.length === 3;
  if (isSound && list.every((shape) => shape.length === 3)) return list as [Shape, Shape];
  throw invalidArgument('inputs', '[query, value] or [query, value, key] of rank 3', list);
}

/**
 * Keras's Attention: softmax(query · keyᵀ) · value, without projections; it is called with [query, value] or [query,
 * value, key]. [batch, queries, channels], [batch, keys, channels] → [batch, queries, channels]. Masks of its inputs hold;
 * that of the query is the output's.
 *
 * @throws GraftError when an argument is out of range, or, when it is called, for other inputs
 * @example
 * import { input } from '@tensorflow/tfjs-layers';
 * import { attention } from '@graftjs/layers';
 * attention({ useScale: true }).apply([input({ shape: [4, 8] }), input({ shape: [6, 8] })]);
 */
export function attention(args?: AttentionArgs): GraftAttention {
  return new GraftAttention(args);
}

/**
 * Keras's AdditiveAttention (https://arxiv.org/abs/1409.0473): as {@link attention}, with scores Σ scale · tanh(query + key).
 *
 * @throws GraftError when an argument is out of range, or, when it is called, for other inputs
 * @example
 * import { input } from '@tensorflow/tfjs-layers';
 * import { additiveAttention } from '@graftjs/layers';
 * additiveAttention().apply([input({ shape: [4, 8] }), input({ shape: [6, 8] })]);
 */
export function additiveAttention(args?: AdditiveAttentionArgs): GraftAdditiveAttention {
  return new GraftAdditiveAttention(args);
}
