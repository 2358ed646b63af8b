// What multi-head and grouped-query attention share: projections, scores, masks, the sum of values.

import { invalidArgument, type DrawingLayer } from '@graftjs/core';
import * as tf from '@tensorflow/tfjs-core';
import { layers } from '@tensorflow/tfjs-layers';
import { allOf, causalMask, where, windowMask } from './attention-masks.js';
import { contract } from './contract.js';
import { positive } from './convolution.js';
import type { KernelAndBiasArgs } from './einsum-dense.js';
import type { CallArgs, LayerArgs, Shape } from './inputs.js';
import { masksOf, mendMasks } from './masks.js';
import type { Projection } from './projection.js';
import { Seeds } from './seeds.js';
import { weightConfig, type WeightSettings, weightSettings } from './weights.js';

export interface ProjectedAttentionArgs extends LayerArgs, KernelAndBiasArgs {
  /** The probability with which a score is dropped in training. Default 0. */
  dropout?: number;
  /** Default true. */
  useBias?: boolean;
  /** Whether what is attended to is multiplied by the sigmoid of a further projection of the query. Default false. */
  useGate?: boolean;
  /** How near, in steps, another step has to be. Default null: any. */
  slidingWindow?: number | null;
  /** Whether a step attends to itself and earlier ones only. An argument of the call in Keras. Default false. */
  useCausalMask?: boolean;
  /** Whether the scores are a second output. An argument of the call in Keras. Default false. */
  returnAttentionScores?: boolean;
  seed?: number | null;
}

/** The projections, in the order of their weights. */
export interface Projections {
  readonly query: Projection;
  readonly key: Projection;
  readonly gate?: Projection;
  readonly value: Projection;
  readonly output: Projection;
}

/** Query, value, and perhaps key and mask. */
type Operands<T> = [query: T, value: T, key?: T, mask?: T];

const letters = 'abcdefghijklmnopqrstuvwxyz';
/** What Keras takes for −∞, where it masks scores in one op, and where it does not. */
const [lowest, low] = [-0.7 * 3.38953e38, -1e9];

export abstract class ProjectedAttention extends layers.Layer implements DrawingLayer {
  private readonly dropout: number;
  protected readonly useBias: boolean;
  protected readonly useGate: boolean;
  private readonly slidingWindow: number | null;
  private readonly useCausalMask: boolean;
  private readonly returnAttentionScores: boolean;
  readonly seeds: Seeds;
  private readonly kernelSettings: WeightSettings;
  private readonly biasSettings: WeightSettings;
  private projections!: Projections;

  constructor(args: ProjectedAttentionArgs) {
    super(args);
    mendMasks();
    this.supportsMasking = true;
    const { dropout = 0, slidingWindow = null } = args;
    if (!(dropout >= 0 && dropout < 1)) {
      throw invalidArgument('dropout', 'a number ≥ 0 and < 1', dropout);
    }
    this.dropout = dropout;
    this.useBias = args.useBias ?? true;
    this.useGate = args.useGate ?? false;
    this.slidingWindow = slidingWindow === null ? null : positive('slidingWindow', slidingWindow);
    this.useCausalMask = args.useCausalMask ?? false;
    this.returnAttentionScores = args.returnAttentionScores ?? false;
    this.seeds = new Seeds(args.seed ?? null);
    this.kernelSettings = weightSettings('kernel', args, 'glorotUniform');
    this.biasSettings = weightSettings('bias', args, 'zeros');
  }

  protected abstract makeProjections(query: Shape, key: Shape, value: Shape): Projections;

  /** The axes of the query along which steps attend to each other. */
  protected abstract axes(rank: number): number[];

  protected abstract keyLength(): number;

  /** Of one of the heads of key and value, as many as the query has. */
  protected repeated(x: tf.Tensor): tf.Tensor {
    return x;
  }

  /** The lengths of the output's last axes. */
  protected abstract outputLengths(query: Shape): Shape;

  override build(inputShape: Shape | Shape[]): void {
    const [query, value, key = value] = checkedShapes(inputShape);
    const made = this.makeProjections(query, key, value);
    const add = (name: string, shape: number[], settings: WeightSettings) => {
      const { initializer, regularizer, constraint } = settings;
      return this.addWeight(name, shape, 'float32', initializer, regularizer, true, constraint);
    };
    const build = (projection: Projection, shape: Shape) =>
      projection.build(shape, this.kernelSettings, this.biasSettings, add);
    build(made.query, query);
    build(made.key, key);
    if (made.gate) build(made.gate, query);
    build(made.value, value);
    const heads = made.query.parse(query).outputShape.slice(0, -1);
    build(made.output, [...heads, made.value.parse(value).outputShape.at(-1) as number]);
    this.projections = made;
    this.built = true;
  }

  override call(inputs: tf.Tensor | tf.Tensor[], kwargs: CallArgs): tf.Tensor | tf.Tensor[] {
    return tf.tidy(() => {
      const list = [inputs].flat();
      const [query, value, key = value, attentionMask] = list as Operands<tf.Tensor>;
      const mask = this.mask(query, value, attentionMask, masksOf(kwargs, list));
      const { projections } = this;
      const heads = {
        query: tf.mul(projections.query.apply(query), this.keyLength() ** -0.5),
        key: this.repeated(projections.key.apply(key)),
        value: this.repeated(projections.value.apply(value)),
      };
      const { sum, scores } = this.attend(heads, mask, kwargs.training === true);
      const { gate } = projections;
      const gated = gate ? tf.mul(sum, tf.sigmoid(gate.apply(query))) : sum;
      const output = projections.output.apply(gated);
      return this.returnAttentionScores ? [output, scores] : output;
    });
  }

  /** True where a query counts a key: [batch, queries, keys]. */
  private mask(
    query: tf.Tensor,
    value: tf.Tensor,
    attentionMask: tf.Tensor | undefined,
    [ofQuery, ofValue, ofKey]: (tf.Tensor | null)[],
  ): tf.Tensor | null {
    const [queries, keys] = [query.shape[1] as number, value.shape[1] as number];
    const { slidingWindow: window } = this;
    return allOf([
      attentionMask ? tf.cast(attentionMask, 'bool') : null,
      ofQuery ? tf.expandDims(ofQuery, -1) : null,
      ...[ofValue, ofKey].map((mask) => (mask ? tf.expandDims(mask, mask.rank - 1) : null)),
      this.useCausalMask ? causalMask(queries, keys) : null,
      window === null ? null : windowMask(queries, keys, window),
    ]);
  }

  /** Of projections [batch, …steps, heads, channels], the values' sums in that shape, and [batch, heads, …, …] scores. */
  private attend(
    { query, key, value }: { query: tf.Tensor; key: tf.Tensor; value: tf.Tensor },
    mask: tf.Tensor | null,
    training: boolean,
  ) {
    const { rank } = query;
    const axes = this.axes(rank - 1);
    const at = (list: string, positions: number[]) => positions.map((i) => list[i]).join('');
    const steps = letters.slice(0, rank - 1);
    const others = letters.slice(rank, 2 * rank);
    const keySteps = [...steps].map((axis, i) => (axes.includes(i) ? others[i] : axis)).join('');
    const outer = [...steps].filter((_, i) => !axes.includes(i)).join('');
    const grid = outer + at(steps, axes) + at(keySteps, axes);
    const raw = contract({ a: `${steps}z`, b: `${keySteps}z`, result: grid }, query, key);
    // As in Keras, whose two ways differ where a query has no key at all.
    const isPlain = rank === 4 && this.dropout === 0 && !this.returnAttentionScores;
    const scores = softmax(
      raw,
      axes.length,
      mask && expanded(mask, raw.rank, axes.length),
      isPlain,
    );
    const kept =
      training && this.dropout > 0
        ? tf.dropout(scores, this.dropout, undefined, this.seeds.next())
        : scores;
    const sum = contract({ a: grid, b: `${keySteps}z`, result: `${steps}z` }, kept, value);
    return { sum, scores };
  }

  override computeMask(
    inputs: tf.Tensor | tf.Tensor[],
    mask?: tf.Tensor | tf.Tensor[],
  ): tf.Tensor | tf.Tensor[] {
    const [ofQuery] = masksOf({ mask }, [inputs].flat());
    return (this.returnAttentionScores ? [ofQuery, null] : ofQuery) as tf.Tensor;
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape | Shape[] {
    const [query, value, key = value] = checkedShapes(inputShape);
    const output = [...query.slice(0, -1), ...this.outputLengths(query)];
    if (!this.returnAttentionScores) return output;
    const heads = this.makeProjections(query, key, value)
      .query.parse(query)
      .outputShape.slice(0, -1);
    const axes = this.axes(query.length);
    const outer = heads.filter((_, i) => !axes.includes(i));
    return [output, [...outer, ...axes.map((i) => query[i]!), ...axes.map((i) => value[i]!)]];
  }

  override getConfig(): tf.serialization.ConfigDict {
    const { dropout, useBias, useGate, slidingWindow } = this;
    const { useCausalMask, returnAttentionScores } = this;
    return {
      ...super.getConfig(),
      ...{ dropout, useBias, useGate, slidingWindow, useCausalMask, returnAttentionScores },
      seed: this.seeds.seed,
      ...weightConfig('kernel', this.kernelSettings),
      ...weightConfig('bias', this.biasSettings),
    };
  }
}

function softmax(
  scores: tf.Tensor,
  axes: number,
  mask: tf.Tensor | null,
  isPlain: boolean,
): tf.Tensor {
  const masked = mask ? where(mask, scores, isPlain ? lowest : low) : scores;
  const flat = tf.reshape(masked, [...scores.shape.slice(0, -axes), -1]);
  const shares = tf.reshape(tf.softmax(flat), scores.shape);
  return mask && !isPlain ? where(mask, shares, 0) : shares;
}

/** With lengths of 1 for the axes that it lacks, the heads among them. */
function expanded(mask: tf.Tensor, rank: number, axes: number): tf.Tensor {
  const shape = [...mask.shape];
  while (shape.length < rank) shape.splice(shape.length - 2 * axes, 0, 1);
  return tf.reshape(mask, shape);
}

/** @throws GraftError unless there are shapes of query, value, and perhaps of key and mask */
function checkedShapes(shapes: Shape | Shape[]): Operands<Shape> {
  const list = (Array.isArray(shapes[0]) ? shapes : [shapes]) as Shape[];
  if (list.length >= 2 && list.length <= 4) return list as Operands<Shape>;
  throw invalidArgument(
    'inputs',
    '[query, value], and perhaps key and mask',
    `${list.length} tensors`,
  );
}
