import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import * as layers from '@tensorflow/tfjs-layers';
import { describe, expect, it } from 'vitest';
import { expectNoLeak } from '@graftjs/test-utils';
import { leafLayers } from '@graftjs/core';
import { cloneModel } from './clone-model.js';

const { dense, batchNormalization, conv2d, globalAveragePooling2d } = layers.layers;

/** A functional model around a sequential one, with weights that break their own constraint. */
function original(): layers.LayersModel {
  const kernelConstraint = layers.constraints.nonNeg();
  const body = layers.sequential({
    name: 'body',
    layers: [
      conv2d({ filters: 2, kernelSize: 3, inputShape: [5, 5, 1], name: 'conv' }),
      batchNormalization({ name: 'norm' }),
      globalAveragePooling2d({ name: 'pool' }),
    ],
  });
  const input = layers.input({ shape: [5, 5, 1] });
  const features = body.apply(input) as layers.SymbolicTensor;
  const head = dense({ units: 3, name: 'head', activation: 'softmax', kernelConstraint });
  const model = layers.model({
    inputs: input,
    outputs: head.apply(features) as layers.SymbolicTensor,
  });
  for (const { layer } of leafLayers(model)) {
    for (const weight of layer.weights) {
      const variable = weight.read() as tf.Variable;
      variable.assign(tf.randomUniform(variable.shape, -1, 2));
    }
  }
  return model;
}

const numbers = (model: layers.LayersModel) =>
  model.getWeights().map((weight) => Array.from(weight.dataSync()));
const flags = (model: layers.LayersModel) =>
  leafLayers(model).map(({ layer, trainable }) => [layer.name, trainable, layer.trainable]);

describe('cloneModel', () => {
  it('gives a model of the same class that computes the same', () => {
    const model = original();
    const copy = cloneModel(model);
    expect(copy.constructor).toBe(model.constructor);
    expect(copy.layers.map(({ name }) => name)).toEqual(model.layers.map(({ name }) => name));
    expect(numbers(copy)).toEqual(numbers(model));
    const xs = tf.randomNormal([2, 5, 5, 1]);
    expect(copy.predict(xs) as tf.Tensor).toBeCloseToTensor(model.predict(xs) as tf.Tensor, 1e-7);
  });

  it('copies a Sequential that begins with an InputLayer, also within others', () => {
    const sequential = (name: string) =>
      layers.sequential({
        name,
        layers: [
          layers.layers.inputLayer({ inputShape: [4], name: `${name}_input` }),
          dense({ units: 3, name: `${name}_dense` }),
        ],
      });
    const input = layers.input({ shape: [4] });
    const nested = layers.model({
      inputs: input,
      outputs: sequential('inner').apply(input) as layers.SymbolicTensor,
    });
    const xs = tf.randomNormal([2, 4]);
    for (const model of [sequential('outer'), nested]) {
      const copy = cloneModel(model);
      expect(numbers(copy)).toEqual(numbers(model));
      expect(copy.predict(xs) as tf.Tensor).toBeCloseToTensor(model.predict(xs) as tf.Tensor, 1e-7);
    }
  });

  it('shares nothing', () => {
    const model = original();
    const before = numbers(model);
    const copy = cloneModel(model);
    copy.setWeights(copy.getWeights().map((weight) => tf.zerosLike(weight)));
    expect(numbers(model)).toEqual(before);
    copy.dispose();
    expect(numbers(model)).toEqual(before);
  });

  it.each<[string, (model: layers.LayersModel) => void]>([
    ['nothing', () => undefined],
    ['one layer', (model) => void (model.getLayer('head').trainable = false)],
    ['a nested model by its own flag', (model) => void (model.getLayer('body').trainable = false)],
    ['all', (model) => void (model.trainable = false)],
  ])('freezes what was frozen: %s', (_, freeze) => {
    const model = original();
    freeze(model);
    const copy = cloneModel(model);
    expect(flags(copy)).toEqual(flags(model));
    expect(copy.trainableWeights.length).toBe(model.trainableWeights.length);
    expect(numbers(copy)).toEqual(numbers(model));
  });

  it('leaves nothing when it is disposed, constraints or not', async () => {
    const model = layers.sequential({
      layers: [dense({ units: 2, inputShape: [2], kernelConstraint: layers.constraints.nonNeg() })],
    });
    await expectNoLeak(() => cloneModel(model).dispose());
  });
});
