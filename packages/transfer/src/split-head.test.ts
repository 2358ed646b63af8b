import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import * as layers from '@tensorflow/tfjs-layers';
import { expect, it } from 'vitest';
import '@graftjs/test-utils';
import { graftHead } from './head.js';
import { splitHead } from './split-head.js';

const { add, conv2d, dense, dropout, flatten } = layers.layers;
const base = () =>
  layers.sequential({
    layers: [conv2d({ filters: 3, kernelSize: 3, inputShape: [6, 6, 1], name: 'conv' })],
  });
const names = (model: layers.LayersModel) =>
  model.layers.filter((layer) => layer.getClassName() !== 'InputLayer').map(({ name }) => name);

it('shares the layers, and leaves to the base what is the same in training', () => {
  const model = graftHead(base(), { classes: 2, hidden: 4, dropout: 0.5 });
  const { base: below, head } = splitHead(model);
  expect(names(below)).toEqual(['conv', 'head_pooling']);
  expect(names(head)).toEqual(['head_dense', 'head_dropout', 'predictions']);
  expect(head.getLayer('predictions')).toBe(model.getLayer('predictions'));
  const xs = tf.randomNormal([2, 6, 6, 1]);
  const whole = model.predict(xs) as tf.Tensor;
  expect(head.predict(below.predict(xs)) as tf.Tensor).toBeCloseToTensor(whole, 0);
  // The model itself is as it was.
  expect(names(model)).toHaveLength(5);
});

it('leaves dropout to the head', () => {
  const list = [flatten({ name: 'flat' }), dropout({ rate: 0.5, name: 'drop' })];
  const model = graftHead(base(), [...list, dense({ units: 2, name: 'out' })]);
  expect(names(splitHead(model).head)).toEqual(['drop', 'out']);
});

it('splits a model around a base, and a head that is a model', () => {
  const input = layers.input({ shape: [6, 6, 1] });
  const features = flatten({ name: 'flat' }).apply(base().apply(input)) as layers.SymbolicTensor;
  const top = layers.sequential({
    layers: [dense({ units: 2, inputShape: [48], name: 'out' })],
    name: 'top',
  });
  const model = layers.model({
    inputs: input,
    outputs: top.apply(features) as layers.SymbolicTensor,
  });
  expect(names(splitHead(model).head)).toEqual(['top']);
});

it('refuses a head with branches, one without weights, and a model that is all head', () => {
  const input = layers.input({ shape: [6, 6, 1] });
  const features = base().apply(input) as layers.SymbolicTensor;
  const flat = flatten({ name: 'flat' }).apply(features) as layers.SymbolicTensor;
  const [a, b] = ['a', 'b'].map(
    (name) => dense({ units: 2, name }).apply(flat) as layers.SymbolicTensor,
  );
  const sum = add({ name: 'sum' }).apply([a!, b!]) as layers.SymbolicTensor;
  expect(() => splitHead(layers.model({ inputs: input, outputs: sum }))).toThrow(
    'model must have a head of one layer after the other. b takes flat',
  );
  const plain = graftHead(base(), [flatten({ name: 'flat' })]);
  expect(() => splitHead(plain)).toThrow('model must have a head with weights');
  const one = layers.sequential({ layers: [dense({ units: 1, inputShape: [2] })] });
  expect(() => splitHead(one)).toThrow('model must have layers below its head');
});
