// Early stopping brings back the weights of the best epoch to the bit, also where they lived in the graph of a step.

import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import * as layers from '@tensorflow/tfjs-layers';
import { expect, it } from 'vitest';
import { registerNodeBackend } from '@graftjs/backend-node';
import { Adam, Lookahead, SGD, type RuleOptimizer } from '@graftjs/optimizers';
import { importTensorFlow, tensorDataset } from '@graftjs/test-utils';
import { earlyStopping, fit } from '@graftjs/training';
import { numbers } from './engines.js';

const hasTensorFlow = await importTensorFlow();
if (hasTensorFlow) registerNodeBackend();

/** Four steps an epoch; a rate that grows: it learns, then bursts. */
const learningRate = (step: number) => 0.002 * 3 ** Math.floor(step / 4);
const optimizers: Record<string, () => RuleOptimizer> = {
  momentum: () => new SGD({ learningRate, momentum: 0.5 }),
  Adam: () => new Adam({ learningRate }),
  Lookahead: () => new Lookahead(new SGD({ learningRate }), { syncPeriod: 3 }),
};
const ways = [
  { backend: 'cpu', engine: 'eager' },
  { backend: 'tensorflow', engine: 'graph' },
].filter(({ backend }) => hasTensorFlow || backend !== 'tensorflow');
const cases = ways.flatMap((way) => Object.keys(optimizers).map((name) => ({ ...way, name })));

it.each(cases)('on $backend, with $name', async ({ backend, engine, name }) => {
  await tf.setBackend(backend);
  const xs = tf.randomNormal([32, 4], 0, 1, 'float32', 1);
  const data = tensorDataset(xs, tf.sum(xs, 1, true), 8);
  const model = layers.sequential({
    layers: [
      layers.layers.dense({ units: 4, inputShape: [4], activation: 'tanh' }),
      layers.layers.batchNormalization(),
      layers.layers.dense({ units: 1 }),
    ],
  });
  const byEpoch: number[][][] = [];
  const weights = () => model.getWeights().map(numbers);
  const stopping = earlyStopping({ patience: 2, restoreBestWeights: true });
  const history = await fit(model, data, {
    ...{
      optimizer: (optimizers[name] as () => RuleOptimizer)(),
      loss: 'meanSquaredError' as const,
    },
    ...{ epochs: 40, validation: data },
    callbacks: [{ onEpochEnd: () => void byEpoch.push(weights()) }, stopping],
  });
  expect(history.engine?.name).toBe(engine);
  expect(stopping.stoppedEpoch).toBe(byEpoch.length - 1);
  const best = stopping.bestEpoch as number;
  expect(best).toBe(byEpoch.length - 3);
  expect(weights()).toEqual(byEpoch[best]);
  expect(weights()).not.toEqual(byEpoch.at(-1));
});
