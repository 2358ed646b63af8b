// What Keras's numbers, in the layer matrix of keras-format, do not show.

import '@graftjs/test-utils';
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { input, layers, model, sequential, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { describe, expect, it } from 'vitest';
import { expectNoLeak } from '@graftjs/test-utils';
import { batchNormalization } from './batch-normalization.js';
import { layerFromConfig } from './layer-from-config.js';
import { registerLayers } from './register.js';
import { timeDistributed } from './time-distributed.js';

const steps = () => tf.randomNormal([2, 4, 3], 1, 2, 'float32', 5);
const block = () =>
  sequential({ layers: [layers.dense({ units: 2, inputShape: [3] }), batchNormalization()] });
/** Whether training differs from prediction, and moves a weight. */
function trains(layer: layers.Layer): boolean {
  layer.apply(steps());
  const before = layer.getWeights().map((weight) => tf.clone(weight));
  const x = steps();
  const [plain, trained] = [false, true].map((training) => layer.apply(x, { training }));
  const distance = (a: tf.Tensor, b: tf.Tensor) => tf.max(tf.abs(tf.sub(a, b))).dataSync()[0] ?? 0;
  const moved = layer.getWeights().map((weight, i) => distance(weight, before[i] as tf.Tensor));
  const differs = distance(plain as tf.Tensor, trained as tf.Tensor) > 1e-6;
  expect(Math.max(...moved) > 0).toBe(differs);
  return differs;
}

describe('a BatchNormalization within', () => {
  it('is in inference mode while the wrapper is frozen', () => {
    const layer = timeDistributed({ layer: batchNormalization() });
    expect(trains(layer)).toBe(true);
    layer.trainable = false;
    expect(trains(layer)).toBe(false);
    expect(layer.trainableWeights).toEqual([]);
    layer.trainable = true;
    expect(trains(layer)).toBe(true);
    expect(layer.trainableWeights).toHaveLength(2);
  });

  it('is in inference mode while it is frozen itself', () => {
    expect(trains(timeDistributed({ layer: batchNormalization({ trainable: false }) }))).toBe(
      false,
    );
  });

  it('is in inference mode while the model that the wrapper holds is frozen', () => {
    const [inner, another] = [block(), block()];
    inner.trainable = false;
    expect(trains(timeDistributed({ layer: inner }))).toBe(false);
    const layer = timeDistributed({ layer: another });
    expect(trains(layer)).toBe(true);
    layer.trainable = false;
    expect(trains(layer)).toBe(false);
  });

  it('is in inference mode while a model around the wrapper is frozen', () => {
    const start = input({ shape: [4, 3] });
    const layer = timeDistributed({ layer: batchNormalization() });
    const inner = model({ inputs: start, outputs: layer.apply(start) as SymbolicTensor });
    const outer = sequential({ layers: [inner] });
    expect(trains(outer)).toBe(true);
    inner.trainable = false;
    expect(trains(outer)).toBe(false);
  });

  it('takes the statistics of one step at a time', () => {
    const layer = timeDistributed({ layer: batchNormalization() });
    const y = layer.apply(steps(), { training: true }) as tf.Tensor;
    expect(tf.mean(y, 0)).toBeCloseToTensor(tf.zeros([4, 3]), 1e-5);
  });
});

it('gives the same in one batch as step by step', () => {
  const layer = timeDistributed({ layer: layers.dense({ units: 2, activation: 'tanh' }) });
  const x = steps();
  const trained = layer.apply(x, { training: true }) as tf.Tensor;
  expect(layer.apply(x) as tf.Tensor).toBeCloseToTensor(trained, 1e-6);
});

it('is made again from its config, with a model too', () => {
  registerLayers();
  for (const layer of [layers.dense({ units: 2, name: 'd' }), block()]) {
    const wrapper = timeDistributed({ layer, name: 't', trainable: false });
    const config = { className: wrapper.getClassName(), config: wrapper.getConfig() };
    const again = layerFromConfig(JSON.parse(JSON.stringify(config)));
    expect(JSON.stringify(again.getConfig())).toBe(JSON.stringify(wrapper.getConfig()));
  }
});

it('refuses what has no steps', () => {
  expect(() => timeDistributed({ layer: layers.flatten() }).apply(tf.ones([2, 3]))).toThrow(
    'inputShape must be [batch, steps, …], of rank 3 or more. Received: [2,3]',
  );
});

it('leaks nothing', async () => {
  const [x, layer] = [steps(), timeDistributed({ layer: block() })];
  layer.apply(x);
  await expectNoLeak(() => {
    tf.dispose(layer.apply(x) as tf.Tensor);
    const loss = () => tf.sum(layer.apply(x, { training: true }) as tf.Tensor) as tf.Scalar;
    tf.dispose(tf.variableGrads(loss));
  });
});
