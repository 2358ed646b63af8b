// Training where memory runs out: the same updates in parts.

import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { describe, expect, it } from 'vitest';
import { tensorDataset } from '@graftjs/test-utils';
import type { Dataset } from '@graftjs/core';
import { SGD } from '@graftjs/optimizers';
import { fit, losses, type FitOptions, type Loss } from '@graftjs/training';

const { sequential, layers, regularizers } = tfl;
const xs = tf.randomNormal([11, 3], 0, 1, 'float32', 1);
const ys = tf.randomNormal([11, 1], 0, 1, 'float32', 2);

function network(): tfl.LayersModel {
  const { dense, batchNormalization } = layers;
  const kernelInitializer = 'ones';
  const kernelRegularizer = regularizers.l2({ l2: 0.1 });
  const frozen = batchNormalization({ trainable: false });
  return sequential({
    layers: [
      dense({ units: 2, inputShape: [3], activation: 'tanh', kernelInitializer }),
      frozen,
      dense({ units: 1, kernelInitializer, kernelRegularizer }),
    ],
  });
}

/** Mean squared error that runs out of memory above a number of examples. */
const limited =
  (limit: number, message = 'OOM when allocating tensor'): Loss =>
  (yTrue, output) => {
    if ((yTrue.shape[0] as number) > limit) throw new Error(message);
    return losses.meanSquaredError(yTrue, output);
  };

const weighted: Dataset = {
  ...{ batches: 1, examples: 11 },
  async *[Symbol.asyncIterator]() {
    const sampleWeights = tf.linspace(0, 2, 11);
    yield { xs: tf.clone(xs), ys: tf.clone(ys), sampleWeights };
  },
};

async function train(
  model: tfl.LayersModel,
  loss: Loss,
  data: Dataset = tensorDataset(xs, ys, 8),
  more: Partial<FitOptions> = {},
) {
  const sizes: number[] = [];
  const { logs } = await fit(model, data, {
    ...{ optimizer: new SGD({ learningRate: 0.05 }), loss, metrics: ['binaryAccuracy'], epochs: 3 },
    onOutOfMemory: ({ batchSize }) => void sizes.push(batchSize),
    ...more,
  });
  return { logs, sizes, weights: model.getWeights() };
}

describe('onOutOfMemory', () => {
  it.each<[string, Dataset]>([
    ['batches of 8 and 3', tensorDataset(xs, ys, 8)],
    ['a batch with weights', weighted],
  ])('halves what is computed at a time, and makes the same updates: %s', async (_, data) => {
    const whole = await train(network(), losses.meanSquaredError, data);
    const split = await train(network(), limited(3), data);
    expect(whole.sizes).toEqual([]);
    // 8, 4, 2; or 11, 6, 3.
    expect(split.sizes).toEqual(data === weighted ? [6, 3] : [4, 2]);
    for (const [i, weight] of whole.weights.entries())
      expect(split.weights[i]).toBeCloseToTensor(weight, 1e-6);
    for (const [name, values] of Object.entries(whole.logs))
      expect(tf.tensor1d(split.logs[name] as number[])).toBeCloseToTensor(values, 1e-5);
  });

  it('moves the statistics of a BatchNormalization once for each part, not for a try that failed', async () => {
    const model = sequential({
      layers: [
        layers.batchNormalization({ inputShape: [3], momentum: 0.5 }),
        layers.dense({ units: 1 }),
      ],
    });
    const four = tensorDataset(tf.ones([4, 3]), tf.ones([4, 1]), 4);
    await train(model, limited(2), four, { epochs: 1 });
    // Two parts, each half of the way from 0 to 1.
    const [mean] = model.layers[0]?.getWeights().slice(2) as [tf.Tensor];
    expect(mean).toBeCloseToTensor([0.75, 0.75, 0.75], 1e-6);
  });

  it('leaves no tensor behind', async () => {
    const model = network();
    const { numTensors } = tf.memory();
    await fit(model, tensorDataset(xs, ys, 8), {
      ...{ optimizer: new SGD({ learningRate: 0.05 }), loss: limited(3), epochs: 2 },
      onOutOfMemory: () => undefined,
    });
    expect(tf.memory().numTensors).toBe(numTensors);
  });

  it('ends where one example is too much, and for errors of another kind', async () => {
    await expect(train(network(), limited(0))).rejects.toThrow('OOM when allocating');
    await expect(train(network(), limited(3, 'a defect'))).rejects.toThrow('a defect');
    const plain = { optimizer: new SGD(), loss: limited(3), epochs: 1 };
    await expect(fit(network(), weighted, plain)).rejects.toThrow('OOM');
  });

  it('does not try an update twice', async () => {
    const optimizer = new SGD({ learningRate: 0.05 });
    const { applyGradients } = optimizer;
    optimizer.applyGradients = (gradients) => {
      applyGradients.call(optimizer, gradients);
      throw new Error('failed to allocate');
    };
    const run = train(network(), losses.meanSquaredError, weighted, { optimizer });
    await expect(run).rejects.toThrow('memory ran out in the middle of an update');
  });

  it('is for the optimizers of Graft', async () => {
    const optimizer = tf.train.sgd(0.1);
    await expect(train(network(), limited(3), weighted, { optimizer })).rejects.toThrow(
      'optimizer must be one of @graftjs/optimizers for onOutOfMemory',
    );
  });
});
