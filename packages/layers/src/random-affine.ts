// Keras's layers that turn, zoom, move and shear images at random, which tfjs-layers lacks.

import { invalidArgument } from '@graftjs/core';
import * as tf from '@tensorflow/tfjs-core';
import { affineTransform, type AffineSettings, type FillMode } from './affine-transform.js';
import {
  endsOf,
  type Factor,
  factorConfig,
  RandomImages,
  type RandomImagesArgs,
} from './random-images.js';

export interface RandomAffineArgs extends RandomImagesArgs {
  /** What comes into view from outside the image. Default `reflect`. */
  fillMode?: FillMode;
  /** Default `bilinear`. */
  interpolation?: 'bilinear' | 'nearest';
  /** The value outside, with `constant`. Default 0. */
  fillValue?: number;
}

export interface RandomRotationArgs extends RandomAffineArgs {
  /** The angle, in whole turns, positive ones counter-clockwise: from −1 to 1. */
  factor: Factor;
}

export interface RandomZoomArgs extends RandomAffineArgs {
  /** How much more of the height is seen: greater than −1, up to 1. Negative factors enlarge. */
  heightFactor: Factor;
  /** Likewise of the width. Default null: as of the height, image by image. */
  widthFactor?: Factor | null;
}

export interface RandomTranslationArgs extends RandomAffineArgs {
  /** How far down, in heights of the image, from −1 to 1. */
  heightFactor: Factor;
  /** How far to the right, in widths. */
  widthFactor: Factor;
}

export interface RandomShearArgs extends RandomAffineArgs {
  /** Pixels to the side for each pixel down, from 0 to 1, to either side. Default 0. */
  xFactor?: Factor;
  /** Pixels down for each pixel to the side. Default 0. */
  yFactor?: Factor;
}

const fillModes = ['reflect', 'wrap', 'constant', 'nearest'];

abstract class RandomAffine extends RandomImages {
  private readonly settings: AffineSettings;

  constructor(args: RandomAffineArgs) {
    super(args);
    const { fillMode = 'reflect', interpolation = 'bilinear', fillValue = 0 } = args;
    if (!fillModes.includes(fillMode)) {
      throw invalidArgument('fillMode', `one of ${fillModes.join(', ')}`, fillMode);
    }
    if (interpolation !== 'bilinear' && interpolation !== 'nearest') {
      throw invalidArgument('interpolation', '"bilinear" or "nearest"', interpolation);
    }
    this.settings = { fillMode, interpolation, fillValue };
  }

  /** [batch, 6] for what was drawn for images of that size. */
  protected abstract maps(drawn: tf.Tensor, height: number, width: number): tf.Tensor2D;

  override transform(images: tf.Tensor4D, drawn: tf.Tensor): tf.Tensor4D {
    const [, height, width] = images.shape;
    return affineTransform(images, this.maps(drawn, height, width), this.settings);
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), ...this.settings };
  }
}

/** Of each, a column; numbers are for all images. */
function columns(batch: number, list: readonly (tf.Tensor | number)[]): tf.Tensor2D {
  return tf.stack(
    list.map((column) => (typeof column === 'number' ? tf.fill([batch], column) : column)),
    1,
  ) as tf.Tensor2D;
}

/** The two columns of [batch, 2]. */
function both(drawn: tf.Tensor): [tf.Tensor, tf.Tensor] {
  return tf.unstack(drawn, 1) as [tf.Tensor, tf.Tensor];
}

/** See {@link randomRotation}. */
export class GraftRandomRotation extends RandomAffine {
  static readonly className = 'GraftRandomRotation';
  private readonly factor: Factor;
  private readonly ends: [number, number];

  constructor(args: RandomRotationArgs) {
    super(args);
    this.factor = args.factor;
    this.ends = endsOf('factor', args.factor, [-1, 1]);
  }

  /** Degrees. */
  override draw(images: tf.Tensor4D): tf.Tensor {
    const [low, high] = this.ends;
    return this.uniform([images.shape[0]], low * 360, high * 360);
  }

  protected override maps(degrees: tf.Tensor, height: number, width: number): tf.Tensor2D {
    const angle = tf.mul(degrees, Math.PI / 180);
    const [cos, sin] = [tf.cos(angle), tf.sin(angle)];
    const [x, y] = [(width - 1) / 2, (height - 1) / 2];
    const toX = tf.sub(tf.sub(x, tf.mul(cos, x)), tf.mul(tf.neg(sin), y));
    const toY = tf.sub(tf.sub(y, tf.mul(sin, x)), tf.mul(cos, y));
    return columns(degrees.size, [cos, tf.neg(sin), toX, sin, cos, toY]);
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), factor: factorConfig(this.factor) };
  }
}

/** See {@link randomZoom}. */
export class GraftRandomZoom extends RandomAffine {
  static readonly className = 'GraftRandomZoom';
  private readonly heightFactor: Factor;
  private readonly widthFactor: Factor | null;
  private readonly heights: [number, number];
  private readonly widths: [number, number] | null;

  constructor(args: RandomZoomArgs) {
    super(args);
    const { heightFactor, widthFactor = null } = args;
    const isInside = (value: number) => value > -1 && value <= 1;
    const ends = (argument: string, factor: Factor) => endsOf(argument, factor, [-1, 1], isInside);
    this.heightFactor = heightFactor;
    this.widthFactor = widthFactor;
    this.heights = ends('heightFactor', heightFactor);
    this.widths = widthFactor === null ? null : ends('widthFactor', widthFactor);
  }

  /** [batch, 2]: how much of width and height is seen. */
  override draw(images: tf.Tensor4D): tf.Tensor {
    const zooms = ([low, high]: [number, number]) =>
      this.uniform([images.shape[0]], 1 + low, 1 + high);
    const heights = zooms(this.heights);
    return tf.stack([this.widths ? zooms(this.widths) : heights, heights], 1);
  }

  protected override maps(drawn: tf.Tensor, height: number, width: number): tf.Tensor2D {
    const [x, y] = both(drawn);
    const toX = tf.mul(tf.sub(1, x), (width - 1) / 2);
    const toY = tf.mul(tf.sub(1, y), (height - 1) / 2);
    return columns(x.size, [x, 0, toX, 0, y, toY]);
  }

  override getConfig(): tf.serialization.ConfigDict {
    const { heightFactor, widthFactor } = this;
    return {
      ...super.getConfig(),
      heightFactor: factorConfig(heightFactor),
      widthFactor: widthFactor === null ? null : factorConfig(widthFactor),
    };
  }
}

/** See {@link randomTranslation}. */
export class GraftRandomTranslation extends RandomAffine {
  static readonly className = 'GraftRandomTranslation';
  private readonly heightFactor: Factor;
  private readonly widthFactor: Factor;
  private readonly heights: [number, number];
  private readonly widths: [number, number];

  constructor(args: RandomTranslationArgs) {
    super(args);
    this.heightFactor = args.heightFactor;
    this.widthFactor = args.widthFactor;
    this.heights = endsOf('heightFactor', args.heightFactor, [-1, 1]);
    this.widths = endsOf('widthFactor', args.widthFactor, [-1, 1]);
  }

  /** [batch, 2]: pixels to the right and down. */
  override draw(images: tf.Tensor4D): tf.Tensor {
    const [batch, height, width] = images.shape;
    const down = tf.mul(this.uniform([batch], ...this.heights), height);
    return tf.stack([tf.mul(this.uniform([batch], ...this.widths), width), down], 1);
  }

  protected override maps(drawn: tf.Tensor): tf.Tensor2D {
    const [x, y] = both(drawn);
    return columns(x.size, [1, 0, tf.neg(x), 0, 1, tf.neg(y)]);
  }

  override getConfig(): tf.serialization.ConfigDict {
    return {
      ...super.getConfig(),
      heightFactor: factorConfig(this.heightFactor),
      widthFactor: factorConfig(this.widthFactor),
    };
  }
}

/** See {@link randomShear}. */
export class GraftRandomShear extends RandomAffine {
  static readonly className = 'GraftRandomShear';
  private readonly xFactor: Factor;
  private readonly yFactor: Factor;
  private readonly xs: [number, number];
  private readonly ys: [number, number];

  constructor(args: RandomShearArgs = {}) {
    super(args);
    this.xFactor = args.xFactor ?? 0;
    this.yFactor = args.yFactor ?? 0;
    // As Keras has it, a number f is −f to f, though one below 0 is none.
    const ends = (argument: string, factor: Factor) =>
      endsOf(
        argument,
        factor,
        [-1, 1],
        (value) => value <= 1 && (typeof factor !== 'number' || value >= 0),
      );
    this.xs = ends('xFactor', this.xFactor);
    this.ys = ends('yFactor', this.yFactor);
  }

  /** [batch, 2]: along x and along y. */
  override draw(images: tf.Tensor4D): tf.Tensor {
    const [batch] = images.shape;
    const sides = tf.sub(
      1,
      tf.mul(2, tf.cast(tf.greater(this.uniform([batch, 1], 0, 1), 0.5), 'float32')),
    );
    const ys = this.uniform([batch], ...this.ys);
    return tf.mul(tf.stack([this.uniform([batch], ...this.xs), ys], 1), sides);
  }

  protected override maps(drawn: tf.Tensor): tf.Tensor2D {
    const [x, y] = both(drawn);
    return columns(x.size, [1, x, 0, y, 1, 0]);
  }

  override getConfig(): tf.serialization.ConfigDict {
    const { xFactor, yFactor } = this;
    return { ...super.getConfig(), xFactor: factorConfig(xFactor), yFactor: factorConfig(yFactor) };
  }
}

/**
 * Keras's RandomRotation: in training, turns each image [batch, height, width, channels] about its centre; at other times
 * images pass. So do all the layers that follow.
 *
 * @throws GraftError when a factor is out of range
 * @example
 * import { randomRotation } from '@graftjs/layers';
 * randomRotation({ factor: 0.1 }); // up to 36° either way
 */
export function randomRotation(args: RandomRotationArgs): GraftRandomRotation {
  return new GraftRandomRotation(args);
}

/**
 * Keras's RandomZoom, about the centre.
 *
 * @throws GraftError when a factor is out of range
 * @example
 * import { randomZoom } from '@graftjs/layers';
 * randomZoom({ heightFactor: [-0.3, 0] }); // as it is, or up to 1 / 0.7 as large
 */
export function randomZoom(args: RandomZoomArgs): GraftRandomZoom {
  return new GraftRandomZoom(args);
}

/**
 * Keras's RandomTranslation.
 *
 * @throws GraftError when a factor is out of range
 * @example
 * import { randomTranslation } from '@graftjs/layers';
 * randomTranslation({ heightFactor: 0.1, widthFactor: 0.1, fillMode: 'nearest' });
 */
export function randomTranslation(args: RandomTranslationArgs): GraftRandomTranslation {
  return new GraftRandomTranslation(args);
}

/**
 * Keras's RandomShear, from the upper left corner.
 *
 * @throws GraftError when a factor is out of range
 * @example
 * import { randomShear } from '@graftjs/layers';
 * randomShear({ xFactor: 0.2 });
 */
export function randomShear(args?: RandomShearArgs): GraftRandomShear {
  return new GraftRandomShear(args);
}
