// Preprocessing as a layer: a model that starts with it takes pixels, and so does the file that Keras opens.

import { invalidArgument } from '@graftjs/core';
import * as tf from '@tensorflow/tfjs-core';
import { layers } from '@tensorflow/tfjs-layers';
import {
  caffeMeans,
  torchDeviations,
  torchMeans,
  type PreprocessMode,
} from './preprocess-input.js';

type Layer = layers.Layer;

/**
 * The layer that does what `preprocessInput` does, to float32 rounding: a `Rescaling`, or for `caffe`, where the channels
 * change places, a frozen convolution of one pixel. Keras reads both from a file.
 *
 * @param name of the layer. Default: `preprocess`
 * @throws GraftError when the mode is unknown
 * @example
 * import '@tensorflow/tfjs-backend-cpu';
 * import * as tf from '@tensorflow/tfjs-core';
 * import { preprocessLayer } from '@graftjs/model-zoo';
 * preprocessLayer('tf').apply(tf.fill([1, 2, 2, 3], 127.5)).dataSync(); // zeros
 */
export function preprocessLayer(mode: PreprocessMode, name = 'preprocess'): Layer {
  if (!Object.hasOwn(makers, mode)) throw invalidArgument('mode', 'caffe, tf, torch or lite', mode);
  return makers[mode](name);
}

const makers: Readonly<Record<PreprocessMode, (name: string) => Layer>> = {
  caffe: toCaffe,
  tf: (name) => rescaling(name, 1 / 127.5, -1),
  torch: (name) =>
    rescaling(
      name,
      torchDeviations.map((deviation) => 1 / (255 * deviation)),
      torchMeans.map((mean, i) => -mean / (torchDeviations[i] as number)),
    ),
  lite: (name) => rescaling(name, 1 / 128, -127 / 128),
};

/** Output channel c is input channel 2 − c, minus its mean: of exact zeros and ones nothing is rounded. */
function toCaffe(name: string): Layer {
  const layer = layers.conv2d({ name, filters: 3, kernelSize: 1, trainable: false });
  layer.build([null, null, null, 3]);
  tf.tidy(() =>
    layer.setWeights([
      tf.tensor4d([0, 0, 1, 0, 1, 0, 1, 0, 0], [1, 1, 3, 3]),
      tf.neg(tf.tensor1d([...caffeMeans])),
    ]),
  );
  return layer;
}

function rescaling(name: string, scale: number | number[], offset: number | number[]): Layer {
  // tfjs-layers declares numbers alone, and computes with lists as Keras does.
  return layers.rescaling({ name, scale: scale as number, offset: offset as number });
}
