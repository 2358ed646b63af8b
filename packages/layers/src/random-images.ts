// What the layers share that change images at random while a model trains, and pass them at other times.

import { invalidArgument, type DrawingLayer } from '@graftjs/core';
import * as tf from '@tensorflow/tfjs-core';
import { layers } from '@tensorflow/tfjs-layers';
import { type CallArgs, type LayerArgs, oneTensor, type Shape } from './inputs.js';
import type { DataFormat } from './pads.js';
import { Seeds } from './seeds.js';

export interface RandomImagesArgs extends LayerArgs {
  /** For the same numbers in every run. Default null. */
  seed?: number | null;
  /** Where the channels are. Default `channelsLast`. */
  dataFormat?: DataFormat;
}

/** A number f for −f to f, or both ends. */
export type Factor = number | readonly [number, number];

export abstract class RandomImages extends layers.Layer implements DrawingLayer {
  private readonly dataFormat: DataFormat;
  protected readonly isLast: boolean;
  readonly seeds: Seeds;

  constructor(args: RandomImagesArgs) {
    super(args);
    this.dataFormat = args.dataFormat ?? 'channelsLast';
    this.isLast = this.dataFormat === 'channelsLast';
    this.seeds = new Seeds(args.seed ?? null);
    this.inputSpec = [{ ndim: 4 }];
  }

  /** What is to happen to each image, drawn at random. */
  abstract draw(images: tf.Tensor4D): tf.Tensor;

  /** @param images with the channels last */
  abstract transform(images: tf.Tensor4D, drawn: tf.Tensor): tf.Tensor4D;

  override call(inputs: tf.Tensor | tf.Tensor[], { training }: CallArgs): tf.Tensor {
    return tf.tidy(() => {
      const x = tf.cast(oneTensor(inputs), 'float32') as tf.Tensor4D;
      if (training !== true) return x;
      const images = this.isLast ? x : tf.transpose(x, [0, 2, 3, 1]);
      const result = this.transform(images, this.draw(images));
      return this.isLast ? result : tf.transpose(result, [0, 3, 1, 2]);
    });
  }

  /** Numbers from `low` up to `high`, the next ones of the layer's seed. */
  protected uniform(shape: number[], low: number, high: number): tf.Tensor {
    return tf.randomUniform(shape, low, high, 'float32', this.seeds.next());
  }

  override computeOutputShape(inputShape: Shape): Shape {
    return inputShape;
  }

  override getConfig(): tf.serialization.ConfigDict {
    const { dataFormat } = this;
    return { ...super.getConfig(), dataFormat, seed: this.seeds.seed };
  }
}

/** The ends of a factor. @throws GraftError when one is outside the bounds */
export function endsOf(
  argument: string,
  factor: Factor,
  [least, most]: readonly [number, number],
  isInside = (value: number) => value >= least && value <= most,
): [number, number] {
  const ends: readonly number[] =
    typeof factor === 'number' ? [Math.max(-Math.abs(factor), least), Math.abs(factor)] : factor;
  const given = [factor].flat();
  if (ends.length === 2 && given.every((value) => Number.isFinite(value) && isInside(value))) {
    return [...ends].sort((a, b) => a - b) as [number, number];
  }
  throw invalidArgument(argument, `one or two numbers from ${least} to ${most}`, factor);
}

/** A factor as a config has it. */
export function factorConfig(factor: Factor): number | number[] {
  return typeof factor === 'number' ? factor : [...factor];
}
