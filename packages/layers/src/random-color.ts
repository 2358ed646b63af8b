// Keras's layers that change the colours of images at random, which tfjs-layers lacks.

import { invalidArgument } from '@graftjs/core';
import * as tf from '@tensorflow/tfjs-core';
import { choose } from './random-flip.js';
import {
  endsOf,
  type Factor,
  factorConfig,
  RandomImages,
  type RandomImagesArgs,
} from './random-images.js';

export interface RandomColorArgs extends RandomImagesArgs {
  /** The values of black and white. Default [0, 255]. */
  valueRange?: readonly [number, number];
}

export interface RandomBrightnessArgs extends RandomColorArgs {
  /** What is added, in parts of the range, from −1 to 1. */
  factor: Factor;
}

export interface RandomContrastArgs extends RandomColorArgs {
  /** Contrast is multiplied by 1 − the first up to 1 + the second; as in Keras, a number f is [0, f]. From 0 to 1. */
  factor: Factor;
}

export interface RandomInvertArgs extends RandomColorArgs {
  /** The probability, or the ends of what it is drawn from; a number f is [0, f]. From 0 to 1. Default 1. */
  factor?: Factor;
}

export interface RandomGrayscaleArgs extends RandomImagesArgs {
  /** The probability. Default 0.5. */
  factor?: number;
}

export interface SolarizationArgs extends RandomColorArgs {
  /** What is added before, in parts of the range; a number f is [0, f]. From 0 to 1. Default 0. */
  additionFactor?: Factor;
  /** Above which part of the range values are inverted. Default 0. */
  thresholdFactor?: Factor;
}

abstract class RandomColor extends RandomImages {
  protected readonly valueRange: readonly [number, number];

  constructor(args: RandomColorArgs) {
    super(args);
    const { valueRange = [0, 255] } = args;
    if (valueRange.length !== 2 || !valueRange.every(Number.isFinite)) {
      throw invalidArgument('valueRange', 'two numbers', valueRange);
    }
    this.valueRange = valueRange;
  }

  protected clipped(images: tf.Tensor): tf.Tensor4D {
    return tf.clipByValue(images, ...this.valueRange) as tf.Tensor4D;
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), valueRange: [...this.valueRange] };
  }
}

/** [batch] for each pixel of its image. */
function spread(drawn: tf.Tensor): tf.Tensor {
  return tf.reshape(drawn, [-1, 1, 1, 1]);
}

/** See {@link randomBrightness}. */
export class GraftRandomBrightness extends RandomColor {
  static readonly className = 'GraftRandomBrightness';
  private readonly factor: Factor;
  private readonly ends: [number, number];

  constructor(args: RandomBrightnessArgs) {
    super(args);
    this.factor = args.factor;
    this.ends = endsOf('factor', args.factor, [-1, 1]);
  }

  /** [batch]: what is added. */
  override draw(images: tf.Tensor4D): tf.Tensor {
    const [black, white] = this.valueRange;
    return tf.mul(this.uniform([images.shape[0]], ...this.ends), white - black);
  }

  override transform(images: tf.Tensor4D, drawn: tf.Tensor): tf.Tensor4D {
    return this.clipped(tf.add(images, spread(drawn)));
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), factor: factorConfig(this.factor) };
  }
}

/** See {@link randomContrast}. */
export class GraftRandomContrast extends RandomColor {
  static readonly className = 'GraftRandomContrast';
  private readonly factor: Factor;
  private readonly ends: [number, number];

  constructor(args: RandomContrastArgs) {
    super(args);
    this.factor = args.factor;
    this.ends = endsOf('factor', args.factor, [0, 1]);
  }

  /** [batch]: what contrast is multiplied by. */
  override draw(images: tf.Tensor4D): tf.Tensor {
    const [less, more] = this.ends;
    return this.uniform([images.shape[0]], 1 - less, 1 + more);
  }

  override transform(images: tf.Tensor4D, drawn: tf.Tensor): tf.Tensor4D {
    const mean = tf.mean(images, [1, 2], true);
    return this.clipped(tf.add(tf.mul(tf.sub(images, mean), spread(drawn)), mean));
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), factor: factorConfig(this.factor) };
  }
}

/** See {@link randomInvert}. */
export class GraftRandomInvert extends RandomColor {
  static readonly className = 'GraftRandomInvert';
  private readonly factor: Factor;
  private readonly ends: [number, number];

  constructor(args: RandomInvertArgs = {}) {
    super(args);
    this.factor = args.factor ?? 1;
    this.ends = endsOf('factor', this.factor, [0, 1]);
  }

  /** [batch]: whether an image is inverted. */
  override draw(images: tf.Tensor4D): tf.Tensor {
    const [batch] = images.shape;
    return tf.less(this.uniform([batch], 0, 1), this.uniform([batch], ...this.ends));
  }

  override transform(images: tf.Tensor4D, drawn: tf.Tensor): tf.Tensor4D {
    return choose(drawn, tf.sub(this.valueRange[1], images), images);
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), factor: factorConfig(this.factor) };
  }
}

/** See {@link randomGrayscale}. */
export class GraftRandomGrayscale extends RandomImages {
  static readonly className = 'GraftRandomGrayscale';
  private readonly factor: number;

  constructor(args: RandomGrayscaleArgs = {}) {
    super(args);
    const { factor = 0.5 } = args;
    if (!(factor >= 0 && factor <= 1)) throw invalidArgument('factor', 'from 0 to 1', factor);
    this.factor = factor;
  }

  /** [batch]: whether an image becomes grey. */
  override draw(images: tf.Tensor4D): tf.Tensor {
    return tf.less(this.uniform([images.shape[0]], 0, 1), this.factor);
  }

  override transform(images: tf.Tensor4D, drawn: tf.Tensor): tf.Tensor4D {
    const shares = tf.tensor1d([0.2989, 0.587, 0.114]);
    const grey = tf.sum(tf.mul(images, shares), -1, true);
    const three: tf.Tensor4D = tf.tile(grey as tf.Tensor4D, [1, 1, 1, 3]);
    return choose(drawn, three, images);
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), factor: this.factor };
  }
}

/** See {@link solarization}. */
export class GraftSolarization extends RandomColor {
  static readonly className = 'GraftSolarization';
  private readonly additionFactor: Factor;
  private readonly thresholdFactor: Factor;
  private readonly additions: [number, number];
  private readonly thresholds: [number, number];

  constructor(args: SolarizationArgs = {}) {
    super(args);
    this.additionFactor = args.additionFactor ?? 0;
    this.thresholdFactor = args.thresholdFactor ?? 0;
    this.additions = endsOf('additionFactor', this.additionFactor, [0, 1]);
    this.thresholds = endsOf('thresholdFactor', this.thresholdFactor, [0, 1]);
  }

  /** [batch, 2]: what is added, and where inversion begins, of 255. */
  override draw(images: tf.Tensor4D): tf.Tensor {
    // As in Keras, only the upper ends are parts of the range.
    const values = ([low, high]: [number, number]) =>
      this.uniform([images.shape[0]], low, high * 255);
    return tf.stack([values(this.additions), values(this.thresholds)], 1);
  }

  override transform(images: tf.Tensor4D, drawn: tf.Tensor): tf.Tensor4D {
    const [additions, thresholds] = tf.unstack(drawn, 1).map(spread) as [tf.Tensor, tf.Tensor];
    const [black, white] = this.valueRange;
    const of255 = tf.mul(tf.div(tf.sub(images, black), white - black), 255);
    const raised = tf.clipByValue(tf.add(of255, additions), 0, 255);
    const isBelow = tf.less(raised, tf.broadcastTo(thresholds, raised.shape));
    const result = tf.where(isBelow, raised, tf.sub(255, raised));
    return tf.add(tf.mul(tf.div(result, 255), white - black), black) as tf.Tensor4D;
  }

  override getConfig(): tf.serialization.ConfigDict {
    const { additionFactor, thresholdFactor } = this;
    return {
      ...super.getConfig(),
      additionFactor: factorConfig(additionFactor),
      thresholdFactor: factorConfig(thresholdFactor),
    };
  }
}

/**
 * Keras's RandomBrightness: in training, a number is added to all values of each image [batch, height, width, channels],
 * which stay within the range; at other times images pass. So do all the layers that follow.
 *
 * @throws GraftError when a factor is out of range
 * @example
 * import { randomBrightness } from '@graftjs/layers';
 * randomBrightness({ factor: 0.2, valueRange: [0, 1] });
 */
export function randomBrightness(args: RandomBrightnessArgs): GraftRandomBrightness {
  return new GraftRandomBrightness(args);
}

/**
 * Keras's RandomContrast: how far values are from the mean of their channel in their image is multiplied by a number.
 *
 * @throws GraftError when a factor is out of range
 * @example
 * import { randomContrast } from '@graftjs/layers';
 * randomContrast({ factor: [0.2, 0.2] });
 */
export function randomContrast(args: RandomContrastArgs): GraftRandomContrast {
  return new GraftRandomContrast(args);
}

/**
 * Keras's RandomInvert: an image becomes its negative.
 *
 * @throws GraftError when a factor is out of range
 * @example
 * import { randomInvert } from '@graftjs/layers';
 * randomInvert({ factor: [0.1, 0.1] }); // every tenth
 */
export function randomInvert(args?: RandomInvertArgs): GraftRandomInvert {
  return new GraftRandomInvert(args);
}

/**
 * Keras's RandomGrayscale, of images with three channels, which they keep.
 *
 * @throws GraftError when the factor is out of range
 * @example
 * import { randomGrayscale } from '@graftjs/layers';
 * randomGrayscale({ factor: 0.1 });
 */
export function randomGrayscale(args?: RandomGrayscaleArgs): GraftRandomGrayscale {
  return new GraftRandomGrayscale(args);
}

/**
 * Keras's Solarization: what is brighter than a threshold is inverted.
 *
 * @throws GraftError when a factor is out of range
 * @example
 * import { solarization } from '@graftjs/layers';
 * solarization({ thresholdFactor: 0.5 });
 */
export function solarization(args?: SolarizationArgs): GraftSolarization {
  return new GraftSolarization(args);
}
