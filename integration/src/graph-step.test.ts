// A compiled step computes what the eager step computes: same weights, same slots, same logs.

import * as tf from '@tensorflow/tfjs-core';
import * as layers from '@tensorflow/tfjs-layers';
import { beforeAll, describe, it } from 'vitest';
import { registerNodeBackend } from '@graftjs/backend-node';
import {
  Adam,
  AdamW,
  Lookahead,
  Muon,
  Nadam,
  Prodigy,
  SAM,
  SGD,
  type RuleOptimizer,
} from '@graftjs/optimizers';
import { importTensorFlow, tensorDataset } from '@graftjs/test-utils';
import { expectEnginesAgree } from './engines.js';

function network(frozenNorm: boolean): layers.LayersModel {
  const { layers: l, initializers, regularizers, constraints } = layers;
  const init = (seed: number) => ({ kernelInitializer: initializers.glorotUniform({ seed }) });
  return layers.sequential({
    layers: [
      l.dense({ units: 5, inputShape: [6], activation: 'selu', name: 'first', ...init(1) }),
      l.batchNormalization({ name: 'norm', trainable: !frozenNorm }),
      l.dense({
        ...{ units: 4, activation: 'relu', ...init(2) },
        kernelRegularizer: regularizers.l2({ l2: 0.01 }),
        kernelConstraint: constraints.maxNorm({ maxValue: 0.5 }),
      }),
      l.dense({ units: 3, activation: 'softmax', ...init(3) }),
    ],
  });
}

const optimizers: [string, () => RuleOptimizer][] = [
  ['SGD', () => new SGD({ learningRate: 0.1 })],
  ['SGD with momentum', () => new SGD({ learningRate: 0.05, momentum: 0.9 })],
  ['SGD with Nesterov', () => new SGD({ learningRate: 0.05, momentum: 0.9, nesterov: true })],
  ['Adam', () => new Adam({ learningRate: (step) => 0.02 / (1 + step) })],
  ['a rule that TensorFlow has no op for', () => new Nadam({ learningRate: 0.02 })],
  ['AdamW', () => new AdamW({ learningRate: 0.02, weightDecay: 0.1 })],
  ['Muon', () => new Muon({ learningRate: 0.01 })],
  // Its own ε would make steps of what rounding leaves of the gradient of a bias before a normalization, which is 0.
  ['Prodigy', () => new Prodigy({ d0: 1e-3, epsilon: 1e-3 })],
  ['Lookahead', () => new Lookahead(new SGD({ learningRate: 0.1 }), { syncPeriod: 2 })],
  ['SAM', () => new SAM(new SGD({ learningRate: 0.1, momentum: 0.9 }))],
  [
    'an average, accumulated and clipped gradients',
    () =>
      new Adam({
        ...{ learningRate: 0.02, useEma: true, emaMomentum: 0.8, emaOverwriteFrequency: 2 },
        ...{ gradientAccumulationSteps: 2, globalClipnorm: 0.5, centralizeGradients: true },
      }),
  ],
  [
    'groups',
    () =>
      new Adam({
        learningRate: 0.02,
        groups: {
          slow: { variables: ['first'], rateMultiplier: 0.1, weightDecay: 0.2 },
          resting: { variables: ['norm'], frozen: true },
        },
      }),
  ],
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
