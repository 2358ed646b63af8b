import '@graftjs/test-utils';
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { GraftAlphaDropout, alphaDropout } from './alpha-dropout.js';

it('keeps mean 0 and variance 1 in training, and the input otherwise', () => {
  const x = tf.randomNormal([20_000], 0, 1, 'float32', 1);
  const layer = alphaDropout({ rate: 0.2 });
  expect(layer.apply(x) as tf.Tensor).toBeCloseToTensor(x);
  const { mean, variance } = tf.moments(layer.apply(x, { training: true }) as tf.Tensor);
  expect(Math.abs(mean.dataSync()[0] as number)).toBeLessThan(0.05);
  expect(Math.abs((variance.dataSync()[0] as number) - 1)).toBeLessThan(0.07);
});

it('gives what is dropped the lowest value of SELU, scaled and shifted alike', () => {
  const [rate, lowest] = [0.5, -1.7580993408473766];
  const scale = ((1 - rate) * (1 + rate * lowest ** 2)) ** -0.5;
  const [dropped, kept] = [lowest, 0].map((value) => scale * (value - lowest * rate));
  const layer = new GraftAlphaDropout(
    alphaDropout({ rate, noiseShape: [null, 1] }).getConfig() as never,
  );
  const y = layer.apply(tf.zeros([40, 2]), { training: true }) as tf.Tensor;
  const rows = y.arraySync() as [number, number][];
  for (const [a, b] of rows) {
    // Both of a row together.
    expect(a).toBe(b);
    expect(Math.min(Math.abs(a - dropped!), Math.abs(a - kept!))).toBeLessThan(1e-6);
  }
  expect(new Set(rows.map(([a]) => a)).size).toBe(2);
});

it('refuses other rates', () => {
  expect(() => alphaDropout({ rate: 1 })).toThrow('rate must be a number ≥ 0 and < 1. Received: 1');
});
