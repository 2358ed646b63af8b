import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { weightsToH5 } from '@graftjs/keras-format';
import { expectNoLeak } from '@graftjs/test-utils';
import { mobileNet } from './mobilenet.js';
import { type ModelName, zooModel } from './registry.js';

describe('a model of the zoo', () => {
  it.each<[ModelName, object]>([
    ['mobileNet', { alpha: 0.25, classes: 5 }],
    ['efficientNetLite0', { includeTop: false }],
  ])('%s takes the weights that another of its kind left in a file', async (name, options) => {
    const first = await zooModel(name, { ...options, weights: null });
    const weights = new Blob([Uint8Array.from(await weightsToH5(first))]);
    const second = await zooModel(name, { ...options, weights });
    const differences = second.weights.map((weight, i) =>
      tf.tidy(() =>
        tf.max(tf.abs(tf.sub(weight.read(), (first.weights[i] as typeof weight).read()))),
      ),
    );
    expect(Math.max(...differences.map((each) => each.dataSync()[0] as number))).toBe(0);
    first.dispose();
    second.dispose();
  });

  it('starts with random weights where none are asked for', async () => {
    const model = await mobileNet({ weights: null, alpha: 0.25 });
    const [kernel] = model.getLayer('conv1').getWeights();
    // GlorotUniform, whose limit is √(6 / (3·3·3 + 3·3·8)).
    const { max, mean } = tf.tidy(() => {
      const values = tf.abs(kernel as tf.Tensor);
      return {
        max: tf.max(values).dataSync()[0] as number,
        mean: tf.mean(values).dataSync()[0] as number,
      };
    });
    expect(max).toBeLessThan(Math.sqrt(6 / 99));
    expect(mean).toBeGreaterThan(0.5 * 0.8 * Math.sqrt(6 / 99));
    model.dispose();
  });

  it('is disposed where its weights cannot be had', () =>
    expectNoLeak(async () => {
      const weights = new Blob(['not a file of weights']);
      await expect(mobileNet({ weights, alpha: 0.25, classes: 5 })).rejects.toThrow(/HDF5/);
    }));

  it('leaves no tensor when it is disposed', () =>
    expectNoLeak(async () => {
      const model = await mobileNet({ weights: null, alpha: 0.25, classes: 5 });
      model.dispose();
    }));
});
