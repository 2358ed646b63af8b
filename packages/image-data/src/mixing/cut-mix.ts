// CutMix: a box of every image comes from another one, and the labels go by its area.

import * as tf from '@tensorflow/tfjs-core';
import { invalidArgument, type Dataset } from '@graftjs/core';
import { mixedDataset, type MixOptions } from './mixed-dataset.js';

/**
 * CutMix: in each batch a box of √(1 − λ) of height and width, centred anywhere, is filled from the same batch in another
 * order, with λ drawn from Beta(α, α). The part of the box that lies outside is cut off, and labels are blended by the area
 * that is left. Train with a loss on probabilities, such as `categoricalCrossentropy`.
 *
 * Source: Yun et al., CutMix: Regularization Strategy to Train Strong Classifiers with Localizable Features, 2019.
 *
 * @param data batches of `xs` [batch, height, width, channels] and `ys` [batch, classes], or [batch] with `classes`
 * @param options `alpha` is 1 by default
 * @throws GraftError for an option out of range, and in training for images of another rank, or for class indices without
 *   `classes`
 * @example
 * const train = cutMix(arrayDataset({ xs, ys, batchSize: 32, shuffle: true }), { classes: 10, seed: 1 });
 */
export function cutMix(data: Dataset, options: MixOptions = {}): Dataset {
  return mixedDataset(data, options, (own, other, { share, uniform }) => {
    const [, height, width] = own.shape;
    if (own.rank !== 4 || height === undefined || width === undefined)
      throw invalidArgument('xs', 'images [batch, height, width, channels]', own.shape);
    const side = Math.sqrt(1 - share);
    const [top, bottom] = cut(height, side, uniform());
    const [left, right] = cut(width, side, uniform());
    const box = new Float32Array(height * width);
    for (let y = top; y < bottom; y++) box.fill(1, y * width + left, y * width + right);
    const mask = tf.tensor(box, [1, height, width, 1]);
    return {
      images: tf.where(tf.cast(mask, 'bool'), other, own),
      share: 1 - ((bottom - top) * (right - left)) / (height * width),
    };
  });
}

/** From and up to where a part of so large a share goes along an axis, around a centre anywhere on it. */
function cut(length: number, share: number, position: number): [number, number] {
  const half = (length * share) / 2;
  const centre = position * length;
  const clip = (place: number) => Math.min(Math.max(Math.round(place), 0), length);
  return [clip(centre - half), clip(centre + half)];
}
