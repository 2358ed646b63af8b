// Dropout and noise as a graph: with a seed they train as they do op by op.

import * as tf from '@tensorflow/tfjs-core';
import * as layers from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import { registerNodeBackend } from '@graftjs/backend-node';
import type { Dataset } from '@graftjs/core';
import * as graft from '@graftjs/layers';
import { SGD } from '@graftjs/optimizers';
import { importTensorFlow, tensorDataset } from '@graftjs/test-utils';
import { fit } from '@graftjs/training';
import { expectEnginesAgree } from './engines.js';

type Layer = layers.layers.Layer;
const { layers: l, sequential } = layers;
const seed = 5;

/** Each takes and gives [batch, 6, 6, 3]. */
const made: Record<string, () => Layer> = {
  dropBlock2d: () => graft.dropBlock2d({ rate: 0.3, blockSize: 3, seed }),
  gaussianNoise: () => graft.gaussianNoise({ stddev: 0.3, seed }),
  gaussianDropout: () => graft.gaussianDropout({ rate: 0.3, seed }),
  alphaDropout: () => graft.alphaDropout({ rate: 0.3, seed }),
  stochasticDepth: () => graft.stochasticDepth({ dropPathRate: 0.3, seed }),
};

describe.runIf(await importTensorFlow())('as a graph', () => {
  let data: Dataset;
  beforeAll(async () => {
    registerNodeBackend();
    await tf.setBackend('tensorflow');
    const labels = tf.tensor1d(
      Array.from({ length: 16 }, (_, i) => i % 3),
      'int32',
    );
    data = tensorDataset(tf.randomNormal([16, 6, 6, 3], 0, 1, 'float32', 9), labels, 4);
  });

  const init = (start: number) => ({
    kernelInitializer: layers.initializers.glorotUniform({ seed: start }),
  });
  const network = (noise: Layer) =>
    sequential({
      layers: [
        l.conv2d({ filters: 3, kernelSize: 3, padding: 'same', inputShape: [6, 6, 3], ...init(1) }),
        noise,
        l.flatten(),
        l.dense({ units: 3, activation: 'softmax', ...init(2) }),
      ],
    });
  const options = () => ({
    optimizer: new SGD({ learningRate: 0.05, momentum: 0.9 }),
    ...{ loss: 'sparseCategoricalCrossentropy' as const, epochs: 2 },
  });

  it.each(Object.keys(made))('%s trains as it does op by op', async (name) => {
    await expectEnginesAgree(
      () => ({ model: network(made[name]?.() as Layer), data, options: options() }),
      1e-4,
    );
  });

  it.each([
    ['GaussianNoise', () => l.gaussianNoise({ stddev: 0.3 })],
    ['GaussianDropout', () => l.gaussianDropout({ rate: 0.3 })],
  ])('%s of tfjs-layers, which takes no seed, draws in the graph as well', async (_, make) => {
    const { engine } = await fit(network(make()), data, options());
    expect(engine).toEqual({ name: 'graph' });
  });
});
