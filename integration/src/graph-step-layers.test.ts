// The layers of the layers package as a graph: they train as they do op by op.

import * as tf from '@tensorflow/tfjs-core';
import * as layers from '@tensorflow/tfjs-layers';
import { beforeAll, describe, it } from 'vitest';
import { registerNodeBackend } from '@graftjs/backend-node';
import * as graft from '@graftjs/layers';
import { SGD } from '@graftjs/optimizers';
import { importTensorFlow, tensorDataset } from '@graftjs/test-utils';
import { expectEnginesAgree } from './engines.js';

type Layer = layers.layers.Layer;

const { layers: l, sequential } = layers;
const same = { padding: 'same', kernelSize: 3 } as const;

/** Each takes and gives [batch, 8, 8, 4]. */
const made: Record<string, () => Layer> = {
  'a dilated convolution': () => graft.conv2d({ ...same, filters: 4, dilationRate: 2 }),
  'a grouped convolution': () => graft.conv2d({ ...same, filters: 4, groups: 2 }),
  'a depthwise convolution': () => graft.depthwiseConv2d({ ...same, dilationRate: 3 }),
  'a separable convolution': () => graft.separableConv2d({ ...same, filters: 4 }),
  'group normalization': () => graft.groupNormalization({ groups: 2 }),
  'layer normalization': () => graft.layerNormalization(),
  'RMS normalization': () => graft.rmsNormalization(),
  'unit normalization': () => graft.unitNormalization(),
  'local response normalization': () => graft.localResponseNormalization(),
  relu6: () => graft.reLU({ maxValue: 6 }),
};

describe.runIf(await importTensorFlow())('as a graph', () => {
  beforeAll(async () => {
    registerNodeBackend();
    await tf.setBackend('tensorflow');
  });

  it.each(Object.keys(made))('%s trains as it does op by op', async (name) => {
    const images = tf.randomNormal([16, 8, 8, 4], 0, 1, 'float32', 9);
    const labels = tf.tensor1d(
      Array.from({ length: 16 }, (_, i) => i % 3),
      'int32',
    );
    await expectEnginesAgree(() => {
      const layer = made[name]?.() as Layer;
      const dense = l.dense({ units: 3, activation: 'softmax' });
      const model = sequential({
        layers: [l.inputLayer({ inputShape: [8, 8, 4] }), layer, l.flatten(), dense],
      });
      const start = ({ shape }: tf.Tensor, i: number) =>
        tf.randomNormal(shape, 0.1, 0.3, 'float32', i + 1);
      model.setWeights(model.getWeights().map(start));
      return {
        model,
        data: tensorDataset(images, labels, 8),
        options: {
          optimizer: new SGD({ learningRate: 0.05, momentum: 0.9 }),
          ...{ loss: 'sparseCategoricalCrossentropy', epochs: 2 },
        } as const,
      };
    }, 1e-4);
  });
});
