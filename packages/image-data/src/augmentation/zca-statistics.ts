// ZCA whitening: the matrix by which the values of an image lose their correlations, as Keras's `fit` finds it.

import * as tf from '@tensorflow/tfjs-core';
import { GraftError, invalidArgument, type Dataset } from '@graftjs/core';
import { pixelBatches } from '../pixel-source.js';
import { ChannelSums } from './channel-sums.js';
import { NO_IMAGES, type ImageStatistics } from './image-statistics.js';

/** Options of {@link zcaStatistics}. */
export interface ZcaOptions {
  /** What values are multiplied by before; the same number as in the options of augmentation. Default: 1. */
  readonly rescale?: number;
  /** Added to the singular values, so that none is divided by 0; above 0. Keras's `zca_epsilon`. Default: 1e-6. */
  readonly epsilon?: number;
}

/** The matrix has the square of this many values, 67 MB. */
const MOST_VALUES = 4096;

/**
 * Goes through one epoch of a data set as {@link imageStatistics} does, holds its images in memory, and finds the matrix for
 * `zcaWhitening`, too: U diag(√n / (s + ε)) Uᵀ, of the singular vectors U and values s of n centred images. Give it a sample:
 * the time grows with the cube of the number of images, or of the values of an image where these are fewer.
 *
 * @returns statistics with the matrix
 * @throws GraftError when there are no images, when one has more than 4096 values, or for an option out of range
 * @example
 * const statistics = await zcaStatistics(sample, { rescale: 1 / 255 });
 * const train = augment(data, { rescale: 1 / 255, zcaWhitening: true, statistics });
 */
export async function zcaStatistics(
  data: Dataset,
  { rescale = 1, epsilon = 1e-6 }: ZcaOptions = {},
): Promise<ImageStatistics & { readonly zcaMatrix: Float32Array }> {
  if (!(Number.isFinite(epsilon) && epsilon > 0)) {
    throw invalidArgument('epsilon', 'a finite number above 0', epsilon);
  }
  if (!Number.isFinite(rescale) || rescale === 0) {
    throw invalidArgument('rescale', 'a finite number other than 0', rescale);
  }
  const sums = new ChannelSums();
  const rows: number[][] = [];
  let channels = 0;
  for await (const { images, shape, rest } of pixelBatches(data)) {
    tf.dispose({ ...rest });
    if (shape[0] * shape[1] * shape[2] > MOST_VALUES) {
      throw invalidArgument('data', `of images with at most ${MOST_VALUES} values for ZCA`, shape);
    }
    channels = shape[2];
    for (const image of images) {
      sums.add(image, channels);
      rows.push(Array.from(image));
    }
  }
  const statistics = sums.statistics(rescale);
  if (!statistics) throw new GraftError(NO_IMAGES);
  const centred = rows.map((row) =>
    row.map((value, i) => value * rescale - (statistics.mean[i % channels] as number)),
  );
  return { ...statistics, zcaMatrix: await whiteningMatrix(centred, epsilon) };
}

async function whiteningMatrix(rows: readonly number[][], epsilon: number): Promise<Float32Array> {
  // Only who whitens needs it.
  const { EigenvalueDecomposition, Matrix } = await import('ml-matrix');
  const images = new Matrix([...rows]);
  // XXᵀ and XᵀX have the same eigenvalues, the squares of the singular values; the smaller one is decomposed.
  const isWide = images.columns > images.rows;
  const product = isWide ? images.mmul(images.transpose()) : images.transpose().mmul(images);
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(product, {
    assumeSymmetric: true,
  });
  const singular = realEigenvalues.map((value) => Math.sqrt(Math.max(value, 0)));
  const weights = singular.map((s) => Math.sqrt(images.rows) / (s + epsilon));
  const vectors = isWide ? images.transpose().mmul(eigenvectorMatrix) : eigenvectorMatrix;
  // Of XXᵀ the vectors become those of XᵀX, s times as long; those of s = 0 are no longer there.
  const lengths = singular.map((s) => (isWide ? s * s || Infinity : 1));
  const scaled = vectors.clone();
  weights.forEach((weight, i) => scaled.mulColumn(i, weight / (lengths[i] as number)));
  return Float32Array.from(scaled.mmul(vectors.transpose()).to1DArray());
}
