// A run whose end depends on all that there is to resume: shuffled batches, layers that draw, statistics, slots, counters.

import * as tf from '@tensorflow/tfjs-core';
import * as layers from '@tensorflow/tfjs-layers';
import { arrayDataset, mixUp } from '@graftjs/image-data';
import { randomFlip, randomRotation } from '@graftjs/layers';
import { Adam } from '@graftjs/optimizers';
import { earlyStopping, reduceLROnPlateau, type FitOptions } from '@graftjs/training';
import type { Dataset } from '@graftjs/core';

export const epochs = 4;
/** 6 batches, the last one smaller. */
const [examples, batchSize, side] = [23, 4, 4];

export interface Problem {
  readonly model: layers.LayersModel;
  readonly data: Dataset;
  readonly options: FitOptions & { optimizer: Adam };
}

/** @param seed of weights, order and dropout; without one dropout and order are of this run alone */
export function setUp(seed?: number): Problem {
  const init = (more: number) => layers.initializers.glorotUniform({ seed: 7 + more });
  const { dense, dropout, flatten, batchNormalization } = layers.layers;
  const seeded = seed === undefined ? {} : { seed };
  const model = layers.sequential({
    layers: [
      randomFlip({ mode: 'horizontal', seed: 3, inputShape: [side, side, 1] }),
      randomRotation({ factor: 0.1, seed: 4 }),
      flatten(),
      dense({ units: 6, activation: 'tanh', kernelInitializer: init(1) }),
      batchNormalization(),
      dropout({ rate: 0.3, ...seeded }),
      dense({ units: 3, activation: 'softmax', kernelInitializer: init(2) }),
    ],
  });
  const xs = tf.randomUniform([examples, side, side, 1], 0, 1, 'float32', 5);
  const labels = tf.tidy(() => tf.argMax(tf.reshape(xs, [examples, -1]), 1).dataSync());
  const ys = tf.oneHot(
    Array.from(labels, (label) => label % 3),
    3,
    1,
    0,
    'float32',
  );
  const data = mixUp(arrayDataset({ xs, ys, batchSize, shuffle: true, ...seeded }), seeded);
  const validation = arrayDataset({ xs, ys, batchSize });
  return {
    ...{ model, data },
    options: {
      optimizer: new Adam({ learningRate: 0.05, gradientAccumulationSteps: 2 }),
      ...{ loss: 'categoricalCrossentropy', metrics: ['accuracy'], epochs, validation },
      callbacks: [
        reduceLROnPlateau({ monitor: 'loss', patience: 0, factor: 0.5, minDelta: 0.5 }),
        earlyStopping({ patience: 10, restoreBestWeights: true }),
      ],
    },
  };
}

/** All that a run has come to, as text that tells each bit. */
export async function outcome(
  { model, options: { optimizer } }: Problem,
  logs: Readonly<Record<string, readonly number[]>>,
): Promise<string> {
  const bits = (tensor: tf.Tensor) => Array.from(new Int32Array(tensor.dataSync().slice().buffer));
  const slots = await optimizer.getWeights();
  return JSON.stringify({
    weights: model.getWeights().map(bits),
    optimizer: slots.map(({ tensor }) => bits(tensor)),
    rate: optimizer.learningRate,
    logs,
  });
}
