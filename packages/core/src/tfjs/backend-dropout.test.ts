import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import * as layers from '@tensorflow/tfjs-layers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { enterBackendDropout, KEYED_UNIFORM } from './backend-dropout.js';

const { dropout, flatten, spatialDropout1d } = layers.layers;
const keys: number[][] = [];

/** Numbers 0, ⅓, ⅔, 0, …: of what is dropped at a rate of ½, two of three. */
const kernel: tf.KernelConfig = {
  kernelName: KEYED_UNIFORM,
  backendName: 'cpu',
  kernelFunc({ inputs, attrs }) {
    keys.push(Array.from((inputs.key as tf.Tensor).dataSync()));
    const shape = attrs?.shape as number[];
    return tf.tidy(() => tf.reshape(tf.range(0, tf.util.sizeFromShape(shape)), shape));
  },
};

const run = (model: layers.LayersModel, x: tf.Tensor, training: boolean) =>
  tf.tidy(() => (model.apply(x, { training }) as tf.Tensor).arraySync());

describe('enterBackendDropout', () => {
  const x = tf.ones([1, 2, 2]);
  const model = layers.sequential({
    layers: [
      spatialDropout1d({ rate: 0.5, seed: 7, inputShape: [2, 2] }),
      flatten(),
      dropout({ rate: 0.5, seed: 7 }),
    ],
  });
  beforeEach(() => {
    tf.registerKernel(kernel);
    keys.length = 0;
  });
  afterEach(() => tf.unregisterKernel(KEYED_UNIFORM, 'cpu'));

  it('draws masks in the backend, of the shape that the layer asks for', () => {
    const entered = enterBackendDropout(model);
    expect(run(model, x, false)).toEqual([[1, 1, 1, 1]]);
    // The first channel of each place, then the first value of all.
    expect(run(model, x, true)).toEqual([[0, 4, 0, 4]]);
    entered?.leave();
  });

  it('has keys of its own for each call and each step, and the same in each run', () => {
    for (let i = 0; i < 2; i++) {
      const entered = enterBackendDropout(model);
      for (let step = 0; step < 2; step++) {
        entered?.advance();
        run(model, x, true);
      }
      entered?.leave();
    }
    const names = keys.map((key) => key.join());
    expect(keys.map(([, step]) => step)).toEqual([1, 1, 2, 2, 1, 1, 2, 2]);
    expect(new Set(names).size).toBe(4);
    expect(names.slice(0, 4)).toEqual(names.slice(4));
  });

  it('gives the layers back, and leaves nothing', () => {
    const before = tf.memory().numTensors;
    const entered = enterBackendDropout(model);
    entered?.advance();
    run(model, x, true);
    entered?.leave();
    expect(tf.memory().numTensors).toBe(before);
    run(model, x, true);
    expect(keys).toHaveLength(2);
  });

  it('is nothing where the model has no dropout', () => {
    const plain = layers.sequential({ layers: [flatten({ inputShape: [2, 2] })] });
    expect(enterBackendDropout(plain)).toBeUndefined();
  });

  it('draws by the seed that is given, where layers have none, each in its own way', () => {
    const unseeded = layers.sequential({
      layers: [dropout({ rate: 0.5, inputShape: [4] }), dropout({ rate: 0.5 })],
    });
    for (const seed of [3, 3, 4, undefined, undefined]) {
      const entered = enterBackendDropout(unseeded, seed);
      run(unseeded, tf.ones([1, 4]), true);
      entered?.leave();
    }
    const names = keys.map((key) => key.join());
    expect(names.slice(0, 2)).toEqual(names.slice(2, 4));
    expect(new Set(names).size).toBe(8);
  });

  it.each([true, false])('goes on from a state; with the kernel: %s', async (withKernel) => {
    if (!withKernel) tf.unregisterKernel(KEYED_UNIFORM, 'cpu');
    const unseeded = layers.sequential({
      layers: [dropout({ rate: 0.5, inputShape: [64] }), dropout({ rate: 0.5 })],
    });
    const ones = tf.ones([1, 64]);
    const first = enterBackendDropout(unseeded);
    first?.advance();
    const masks = [run(unseeded, ones, true)];
    const state = await first?.saveState();
    first?.advance();
    masks.push(run(unseeded, ones, true));
    first?.leave();
    const second = enterBackendDropout(unseeded);
    await second?.restoreState(state ?? null);
    second?.advance();
    const again = run(unseeded, ones, true);
    second?.leave();
    if (withKernel) expect(keys.slice(4)).toEqual(keys.slice(2, 4));
    else {
      expect(again).toEqual(masks[1]);
      expect(again).not.toEqual(masks[0]);
      tf.registerKernel(kernel);
    }
  });
});
