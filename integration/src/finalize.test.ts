// At the end of training the model has the weights that its optimizer means to be used.

import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { layers, sequential } from '@tensorflow/tfjs-layers';
import { expect, it } from 'vitest';
import { SGD } from '@graftjs/optimizers';
import { tensorDataset } from '@graftjs/test-utils';
import { fit } from '@graftjs/training';

it('fit ends with the moving average, and its epochs see the trained weights', async () => {
  const model = sequential({
    layers: [
      layers.dense({ units: 1, useBias: false, kernelInitializer: 'zeros', inputShape: [1] }),
    ],
  });
  // d/dw (w − 1)² = 2(w − 1): with a rate of 1/4 the distance to 1 halves each step.
  const data = tensorDataset(tf.ones([1, 1]), tf.ones([1, 1]), 1);
  const weight = () => model.getWeights()[0]!.dataSync()[0]!;
  const trained: number[] = [];
  await fit(model, data, {
    optimizer: new SGD({ learningRate: 0.25, useEma: true, emaMomentum: 0.5 }),
    loss: 'meanSquaredError',
    epochs: 4,
    callbacks: [{ onEpochEnd: () => void trained.push(weight()) }],
  });
  expect(trained).toEqual([0.5, 0.75, 0.875, 0.9375]);
  // Keras's average starts as the weights after the first step.
  let average = 0.5;
  for (const value of [0.75, 0.875, 0.9375]) average = 0.5 * average + 0.5 * value;
  expect(weight()).toBeCloseTo(average, 6);
});
