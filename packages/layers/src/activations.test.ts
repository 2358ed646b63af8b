// Each activation against its formula in float64, on both sides of its corners, and its slope against differences.

import '@graftjs/test-utils';
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { layers, model, input, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { describe, expect, it } from 'vitest';
import { activationNames, type ActivationName, kerasActivation } from './activations.js';

const clip = (x: number, low: number, high: number) => Math.min(Math.max(x, low), high);
const hardSigmoid = (x: number) => clip(x + 3, 0, 6) / 6;
const formulas: Record<Exclude<ActivationName, 'glu'>, (x: number) => number> = {
  celu: (x) => (x > 0 ? x : Math.expm1(x)),
  exponential: Math.exp,
  hard_shrink: (x) => (Math.abs(x) > 0.5 ? x : 0),
  hard_sigmoid: hardSigmoid,
  hard_silu: (x) => x * hardSigmoid(x),
  hard_tanh: (x) => clip(x, -1, 1),
  leaky_relu: (x) => (x > 0 ? x : 0.2 * x),
  log_sigmoid: (x) => -Math.log1p(Math.exp(-x)),
  soft_shrink: (x) => Math.sign(x) * Math.max(Math.abs(x) - 0.5, 0),
  sparse_plus: (x) => (x <= -1 ? 0 : x < 1 ? (x + 1) ** 2 / 4 : x),
  sparse_sigmoid: (x) => (x <= -1 ? 0 : x < 1 ? (x + 1) / 2 : 1),
  squareplus: (x) => (x + Math.sqrt(x * x + 4)) / 2,
  tanh_shrink: (x) => x - Math.tanh(x),
};
const points = [-7, -3.2, -1.5, -0.8, -0.3, -0.05, 0.07, 0.4, 0.9, 1.6, 3.3, 8];

/** As a layer applies it. */
function through(name: ActivationName, x: tf.Tensor): tf.Tensor {
  return layers.activation({ activation: kerasActivation(name) }).apply(x) as tf.Tensor;
}

describe.each(Object.entries(formulas))('%s', (name, formula) => {
  it('is what its formula says, and so is its slope', () => {
    const x = tf.tensor1d(points);
    const activate = (values: tf.Tensor) => through(name as ActivationName, values);
    expect(activate(x)).toBeCloseToTensor(points.map(formula), 2e-6);
    const slopes = points.map((p) => (formula(p + 1e-6) - formula(p - 1e-6)) / 2e-6);
    expect(tf.grad(activate)(x)).toBeCloseToTensor(slopes, 1e-5);
  });
});

describe('glu', () => {
  it('gates the first half by the second', () => {
    const x = tf.tensor2d([[1, -2, 0, Math.log(3)]]);
    expect(through('glu', x)).toBeCloseToTensor([[0.5, -1.5]], 1e-6);
    const gradient = tf.grad((values) => through('glu', values))(x);
    expect(gradient).toBeCloseToTensor([[0.5, 0.75, 0.25, -0.375]], 1e-6);
  });

  it('refuses an odd length', () => {
    expect(() => through('glu', tf.ones([2, 3]))).toThrow(
      'inputs must be of an even length along the last axis, for glu. Received: [2,3]',
    );
  });
});

describe('kerasActivation', () => {
  it('has a formula here for every name', () => {
    expect([...Object.keys(formulas), 'glu'].sort()).toEqual([...activationNames].sort());
  });

  it('gives what a model keeps through model.json', async () => {
    const x = input({ shape: [3] });
    const dense = layers.dense({ units: 2, activation: kerasActivation('hard_silu') });
    const made = model({ inputs: x, outputs: dense.apply(x) as SymbolicTensor });
    let saved: tf.io.ModelArtifacts | undefined;
    await made.save(
      tf.io.withSaveHandler(async (artifacts) => {
        saved = artifacts;
        return { modelArtifactsInfo: tf.io.getModelArtifactsInfoForJSON(artifacts) };
      }),
    );
    const { loadLayersModel } = await import('@tensorflow/tfjs-layers');
    const again = await loadLayersModel(tf.io.fromMemory(saved as tf.io.ModelArtifacts));
    const xs = tf.tensor2d([[0.5, -1, 2]]);
    expect(again.predict(xs) as tf.Tensor).toBeCloseToTensor(made.predict(xs) as tf.Tensor, 0);
  });

  it('says which names there are', () => {
    expect(() => kerasActivation('relu' as ActivationName)).toThrow(
      /^name must be one of celu, .*, tanh_shrink\. Received: "relu"$/,
    );
  });
});
