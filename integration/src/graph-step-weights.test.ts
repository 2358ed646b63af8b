// A compiled step with weights of examples and classes, and metrics of several sums: the same as op by op.

import * as tf from '@tensorflow/tfjs-core';
import * as layers from '@tensorflow/tfjs-layers';
import { beforeAll, describe, it } from 'vitest';
import { registerNodeBackend } from '@graftjs/backend-node';
import type { Dataset } from '@graftjs/core';
import { Adam } from '@graftjs/optimizers';
import { importTensorFlow } from '@graftjs/test-utils';
import { losses, type Loss } from '@graftjs/training';
import { expectEnginesAgree, type TrainOptions } from './engines.js';

const [examples, batchSize, features, classes] = [26, 4, 5, 3];

/** Weights of another size in each batch: the first two are of ones, as if nothing depended on them. */
function dataset(weighted: boolean): Dataset {
  const x = tf.randomNormal([examples, features], 0, 1, 'float32', 3);
  const ys = tf.oneHot(tf.argMax(tf.slice(x, [0, 0], [examples, classes]), -1), classes);
  return {
    examples,
    batches: Math.ceil(examples / batchSize),
    async *[Symbol.asyncIterator]() {
      for (let start = 0; start < examples; start += batchSize) {
        const size = Math.min(batchSize, examples - start);
        const rows = (tensor: tf.Tensor) => tf.slice(tensor, start, size);
        const batch = { xs: rows(x), ys: rows(ys) };
        const weight = Array.from({ length: size }, (_, i) => (start < 8 ? 1 : (start * i) / 20));
        yield weighted ? { ...batch, sampleWeights: tf.tensor1d(weight) } : batch;
      }
    },
  };
}

function makeModel(): layers.Sequential {
  const layer = layers.layers.dense({
    units: classes,
    inputShape: [features],
    activation: 'softmax',
    kernelInitializer: layers.initializers.glorotUniform({ seed: 7 }),
  });
  return layers.sequential({ layers: [layer] });
}

const smoothed: Loss = (yTrue, output) => losses.categoricalCrossentropy(yTrue, output, 0.1);
const options = (more: Partial<TrainOptions> = {}): TrainOptions => ({
  ...{ optimizer: new Adam({ learningRate: 0.1 }), loss: smoothed, epochs: 3 },
  metrics: ['accuracy', 'precision'],
  weightedMetrics: ['auc', 'recall', 'topKCategoricalAccuracy'],
  ...more,
});

describe.runIf(await importTensorFlow())('a graph step', () => {
  beforeAll(async () => {
    registerNodeBackend();
    await tf.setBackend('tensorflow');
  });

  it('takes the weights of each batch', () =>
    expectEnginesAgree(() => {
      const data = dataset(true);
      return { model: makeModel(), data, options: options({ validation: data }) };
    }));

  it('weighs classes', () =>
    expectEnginesAgree(() => ({
      ...{ model: makeModel(), data: dataset(false) },
      options: options({ classWeight: { 0: 0.2, 1: 4 } }),
    })));

  it.each(['huber', 'meanAbsoluteError', 'logCosh', 'categoricalHinge', 'squaredHinge'] as const)(
    'descends %s',
    (loss) =>
      expectEnginesAgree(() => ({
        ...{ model: makeModel(), data: dataset(true) },
        options: options({ loss }),
      })),
  );
});
