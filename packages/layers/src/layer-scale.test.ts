import '@graftjs/test-utils';
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { layerScale, GraftLayerScale } from './layer-scale.js';

it('multiplies each channel with its weight, which begins as told', () => {
  const x = tf.tensor3d([1, 2, 3, 4], [1, 2, 2]);
  const layer = new GraftLayerScale(
    layerScale({ initValues: 0.5, projectionDim: 2 }).getConfig() as never,
  );
  expect(layer.apply(x) as tf.Tensor).toBeCloseToTensor([
    [
      [0.5, 1],
      [1.5, 2],
    ],
  ]);
  expect(layer.trainableWeights.map(({ originalName }) => originalName.split('/')[1])).toEqual([
    'gamma',
  ]);
  layer.setWeights([tf.tensor1d([2, -1])]);
  expect(layer.apply(x) as tf.Tensor).toBeCloseToTensor([
    [
      [2, -2],
      [6, -4],
    ],
  ]);
});
