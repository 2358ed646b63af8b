// BatchNormalization of layers on the kernels of backend-node: the same op by op, as one graph, and composed on cpu.

import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { initializers, layers as l, sequential } from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import { registerNodeBackend } from '@graftjs/backend-node';
import { batchNormalization } from '@graftjs/layers';
import { SGD } from '@graftjs/optimizers';
import { importTensorFlow, tensorDataset } from '@graftjs/test-utils';
import { expectClose, expectEnginesAgree, train } from './engines.js';

/** Every form of the layer: images, vectors, without scale, another axis, frozen. */
function setUp() {
  const random = (seed: number) => initializers.glorotUniform({ seed });
  const conv = { filters: 4, kernelSize: 3, useBias: false };
  const model = sequential({
    layers: [
      l.conv2d({ ...conv, inputShape: [8, 8, 1], kernelInitializer: random(1) }),
      batchNormalization({ momentum: 0.9 }),
      l.conv2d({ ...conv, activation: 'relu', kernelInitializer: random(2) }),
      batchNormalization({ scale: false, axis: 1 }),
      batchNormalization({ trainable: false }),
      l.flatten(),
      l.dense({ units: 5, kernelInitializer: random(3) }),
      batchNormalization({ center: false }),
      l.dense({ units: 3, activation: 'softmax', kernelInitializer: random(4) }),
    ],
  });
  const labels = Array.from({ length: 28 }, (_, i) => i % 3);
  const images = tf.randomNormal([28, 8, 8, 1], 0, 1, 'float32', 9);
  const optimizer = new SGD({ learningRate: 0.05, momentum: 0.9 });
  const loss = 'sparseCategoricalCrossentropy';
  return {
    model,
    data: tensorDataset(images, tf.tensor1d(labels, 'int32'), 8),
    options: { optimizer, loss, epochs: 2 },
  } as const;
}

describe.runIf(await importTensorFlow())('BatchNormalization', () => {
  beforeAll(async () => {
    registerNodeBackend();
    await tf.setBackend('tensorflow');
  });

  it('trains as a graph as it does op by op', () => expectEnginesAgree(setUp, 1e-4));

  it('trains on TensorFlow as it does where it is composed', async () => {
    const run = async (backend: string) => {
      await tf.setBackend(backend);
      const { model, data, options } = setUp();
      return train(model, data, options);
    };
    const [onCpu, onTensorFlow] = [await run('cpu'), await run('tensorflow')];
    expectClose(onTensorFlow.weights, onCpu.weights, 1e-4);
  });

  it('runs one op forward and one back', async () => {
    const layer = batchNormalization();
    const x = tf.randomNormal([2, 3, 3, 4]);
    layer.apply(x);
    const loss = () => tf.sum(layer.apply(x, { training: true }) as tf.Tensor) as tf.Scalar;
    const { kernelNames } = await tf.profile(() => tf.variableGrads(loss).value);
    expect(kernelNames).toEqual(
      expect.arrayContaining(['BatchNormTraining', 'BatchNormTrainingGrad']),
    );
    expect(kernelNames).not.toContain('Mean');
  });
});
