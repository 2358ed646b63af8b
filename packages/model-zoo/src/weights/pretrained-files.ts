// Which of a model's published files are meant.

import { GraftError, invalidArgument } from '@graftjs/core';
import type { ModelEntry, PretrainedFiles } from './model-entry.js';

/**
 * The files of a width and a size of a model, as Keras picks them: where none were trained at this size, those of the
 * largest.
 *
 * @param wanted.alpha width multiplier. Default: 1
 * @param wanted.size height and width in pixels
 * @throws GraftError when nobody publishes such weights
 * @example
 * import '@tensorflow/tfjs-backend-cpu';
 * import { modelTable, pretrainedFiles } from '@graftjs/model-zoo';
 * const { top } = pretrainedFiles(modelTable.mobileNetV2, { alpha: 0.35, size: 96 });
 * console.log(top.name); // mobilenet_v2_weights_tf_dim_ordering_tf_kernels_0.35_96.h5
 */
export function pretrainedFiles(
  { title, files }: ModelEntry,
  {
    alpha = 1,
    size,
  }: { readonly alpha?: number | undefined; readonly size?: number | null | undefined } = {},
): PretrainedFiles {
  if (files.length === 0) {
    throw new GraftError(`nobody publishes weights of ${title}: weights must be null, or a file`);
  }
  const ofAlpha = files.filter((each) => (each.alpha ?? 1) === alpha);
  // The table begins with the largest.
  const [largest] = ofAlpha;
  if (largest === undefined) {
    const alphas = [...new Set(files.map((each) => each.alpha ?? 1))].join(', ');
    throw invalidArgument('alpha', `one of ${alphas} for published weights of ${title}`, alpha);
  }
  return ofAlpha.find((each) => each.size === size) ?? largest;
}
