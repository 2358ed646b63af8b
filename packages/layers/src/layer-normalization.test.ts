// Group, layer, unit and RMS normalization: what Keras's numbers, in the layer matrix of keras-format, do not show.

import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import type { layers } from '@tensorflow/tfjs-layers';
import { describe, expect, it } from 'vitest';
import { expectNoLeak } from '@graftjs/test-utils';
import { groupNormalization } from './group-normalization.js';
import { layerNormalization } from './layer-normalization.js';
import { rmsNormalization } from './rms-normalization.js';
import { unitNormalization } from './unit-normalization.js';

const x = () => tf.randomNormal([2, 3, 5, 4], 1, 2, 'float32', 1);
const made: Record<string, () => layers.Layer> = {
  groupNormalization: () => groupNormalization({ groups: 2, axis: -1, gammaConstraint: 'nonNeg' }),
  layerNormalization: () => layerNormalization({ axis: [-1, 1], epsilon: 0.1, center: false }),
  rmsNormalization: () => rmsNormalization({ axis: 3 }),
  unitNormalization: () => unitNormalization({ axis: 1 }),
};

describe.each(Object.entries(made))('%s', (_, make) => {
  it('is made again from its config', () => {
    const layer = make();
    const config = JSON.parse(JSON.stringify(layer.getConfig())) as tf.serialization.ConfigDict;
    const again = new (layer.constructor as new (args: object) => layers.Layer)(config);
    expect(again.getConfig()).toEqual(layer.getConfig());
    expect(again.apply(x())).toBeCloseToTensor(layer.apply(x()) as tf.Tensor, 0);
    expect(layer.computeOutputShape([null, 3, 5, 4])).toEqual([null, 3, 5, 4]);
  });

  it('leaks nothing', async () => {
    const [input, layer] = [x(), make()];
    layer.apply(input);
    await expectNoLeak(() => {
      const loss = (x: tf.Tensor) => tf.sum(tf.abs(layer.apply(x) as tf.Tensor)) as tf.Scalar;
      tf.dispose(tf.grad(loss)(input));
    });
  });
});

it('unit normalization leaves zeros as they are', () => {
  expect(unitNormalization().apply(tf.zeros([1, 2]))).toBeCloseToTensor([[0, 0]], 0);
});

it.each([
  [
    groupNormalization({ groups: 3 }),
    'groups must be -1 or a divisor of the 4 channels. Received: 3',
  ],
  [
    groupNormalization({ groups: 0 }),
    'groups must be -1 or a divisor of the 4 channels. Received: 0',
  ],
  [
    layerNormalization({ axis: [1, 4] }),
    'axis must be one or several axes of an input of rank 4, and not the batch. Received: [1,4]',
  ],
  [layerNormalization({ axis: [1, -3] }), 'axis must be one or several axes of an input of rank 4'],
  [rmsNormalization({ axis: 1 }), 'axis must be the last axis. Received: 1'],
])('%# says what is wrong', (layer: layers.Layer, message) => {
  expect(() => layer.apply(x())).toThrow(message);
});
