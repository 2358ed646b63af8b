import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { layers, model as makeModel, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { describe, expect, it } from 'vitest';
import { modelFromH5, modelToH5 } from '@graftjs/keras-format';
import { preprocessInput, type PreprocessMode } from './preprocess-input.js';
import { preprocessLayer } from './preprocess-layer.js';

const pixels = tf.tidy(() => tf.reshape(tf.range(0, 192), [4, 4, 4, 3]));

describe.each<PreprocessMode>(['caffe', 'tf', 'torch', 'lite'])('%s', (mode) => {
  it('does what preprocessInput does, also from a file, and has nothing to train', async () => {
    const input = layers.input({ shape: [4, 4, 3] });
    const outputs = preprocessLayer(mode).apply(input) as SymbolicTensor;
    const model = makeModel({ inputs: input, outputs });
    expect(model.trainableWeights).toEqual([]);
    const expected = await preprocessInput(pixels, mode).data();
    const scale = Math.max(...expected.map(Math.abs));
    for (const each of [model, await modelFromH5(await modelToH5(model))]) {
      const actual = await (each.predict(pixels) as tf.Tensor).data();
      actual.forEach((value, i) =>
        expect(Math.abs(value - expected[i]!)).toBeLessThan(1e-6 * scale),
      );
    }
  });
});

it('refuses another mode', () => {
  expect(() => preprocessLayer('keras' as 'tf')).toThrow('mode must be caffe, tf, torch or lite.');
});
