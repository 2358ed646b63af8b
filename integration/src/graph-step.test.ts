// A compiled step computes what the eager step computes: same weights, same slots, same logs.

import * as tf from '@tensorflow/tfjs-core';
import * as layers from '@tensorflow/tfjs-layers';
import { beforeAll, describe, it } from 'vitest';
import { registerNodeBackend } from '@graftjs/backend-node';
import { Adam, RuleOptimizer, SGD } from '@graftjs/optimizers';
import { importTensorFlow, tensorDataset } from '@graftjs/test-utils';
import { expectEnginesAgree } from './engines.js';

function network(frozenNorm: boolean): layers.LayersModel {
  const { layers: l, initializers, regularizers, constraints } = layers;
  const init = (seed: number) => ({ kernelInitializer: initializers.glorotUniform({ seed }) });
  return layers.sequential({
    layers: [
      l.dense({ units: 5, inputShape: [6], activation: 'selu', ...init(1) }),
      l.batchNormalization({ trainable: !frozenNorm }),
      l.dense({
        ...{ units: 4, activation: 'relu', ...init(2) },
        kernelRegularizer: regularizers.l2({ l2: 0.01 }),
        kernelConstraint: constraints.maxNorm({ maxValue: 0.5 }),
      }),
      l.dense({ units: 3, activation: 'softmax', ...init(3) }),
    ],
  });
}

/** Adam without TensorFlow's own op: its rule becomes nodes of the graph. */
class ComposedAdam extends RuleOptimizer {
  static readonly className = 'ComposedAdam';
  constructor() {
    const { name, slots, scalars, update } = new Adam().rule;
    super({ name, slots, scalars, update }, 0.02);
  }
  override getConfig() {
    return {};
  }
}

const optimizers: [string, () => RuleOptimizer][] = [
  ['SGD', () => new SGD({ learningRate: 0.1 })],
  ['SGD with momentum', () => new SGD({ learningRate: 0.05, momentum: 0.9 })],
  ['SGD with Nesterov', () => new SGD({ learningRate: 0.05, momentum: 0.9, nesterov: true })],
  ['Adam', () => new Adam({ learningRate: (step) => 0.02 / (1 + step) })],
  ['a rule that TensorFlow has no op for', () => new ComposedAdam()],
];

describe.runIf(await importTensorFlow())('a compiled step', () => {
  let xs: tf.Tensor;
  let ys: tf.Tensor;
  beforeAll(async () => {
    registerNodeBackend();
    await tf.setBackend('tensorflow');
    // Five batches of 8, and one of 3.
    xs = tf.randomNormal([43, 6], 0, 1, 'float32', 1);
    ys = tf.tensor1d(
      Array.from({ length: 43 }, (_, i) => i % 3),
      'int32',
    );
  });

  describe.each(optimizers)('with %s', (_, make) => {
    it.each([false, true])(
      'trains as the eager step does (frozen norm: %s)',
      async (frozenNorm) => {
        await expectEnginesAgree(() => ({
          model: network(frozenNorm),
          data: tensorDataset(xs, ys, 8),
          options: {
            ...{ optimizer: make(), epochs: 3 },
            ...{ loss: 'sparseCategoricalCrossentropy', metrics: ['accuracy'] },
          },
        }));
      },
    );
  });
});
