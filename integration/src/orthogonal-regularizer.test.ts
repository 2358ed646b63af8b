// A network with OrthogonalRegularizer, opened from Keras's file and written again, trains as Keras trains it.

import '@tensorflow/tfjs-backend-cpu';
import { readFileSync } from 'node:fs';
import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { registerNodeBackend } from '@graftjs/backend-node';
import { modelFromKeras, modelToKeras } from '@graftjs/keras-format';
import { SGD } from '@graftjs/optimizers';
import { importTensorFlow, tensorDataset } from '@graftjs/test-utils';
import { fit } from '@graftjs/training';

interface Fixture {
  training: { x: number[]; y: number[]; losses: number[]; weights: Record<string, number[]> };
}

const folder = new URL('../../reference/fixtures/regularizers/', import.meta.url);
const { training } = JSON.parse(
  readFileSync(new URL('orthogonal.json', folder), 'utf8'),
) as Fixture;
const hasTensorFlow = await importTensorFlow();
if (hasTensorFlow) registerNodeBackend();
const ways = [
  { backend: 'cpu', engine: 'eager' },
  { backend: 'tensorflow', engine: 'graph' },
].filter(({ backend }) => hasTensorFlow || backend !== 'tensorflow');

it.each(ways)('has the losses and weights of Keras on $backend', async ({ backend, engine }) => {
  await tf.setBackend(backend);
  const fromKeras = await modelFromKeras(readFileSync(new URL('initial.keras', folder)));
  const model = await modelFromKeras(await modelToKeras(fromKeras));
  const { x, y, losses, weights } = training;
  // One batch, so that each epoch is a step.
  const data = tensorDataset(tf.tensor2d(x, [6, 4]), tf.tensor2d(y, [6, 2]), 6);
  const optimizer = new SGD({ learningRate: 0.1 });
  const history = await fit(model, data, {
    ...{ optimizer, loss: 'meanSquaredError', epochs: losses.length },
  });
  expect(history.engine?.name).toBe(engine);
  expect(tf.tensor1d(history.logs.loss ?? [])).toBeCloseToTensor(losses, 1e-6);
  const trained = Object.values(weights);
  for (const [i, weight] of model.getWeights().entries())
    expect(tf.reshape(weight, [-1])).toBeCloseToTensor(trained[i] as number[], 1e-6);
});
