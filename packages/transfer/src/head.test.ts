import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import * as layers from '@tensorflow/tfjs-layers';
import { describe, expect, it } from 'vitest';
import { graftHead, replaceHead, type HeadOptions } from './index.js';

const { conv1d, conv2d, dense, flatten, globalAveragePooling2d } = layers.layers;
const imageBase = () =>
  layers.sequential({
    layers: [conv2d({ filters: 3, kernelSize: 3, inputShape: [6, 6, 1], name: 'conv' })],
  });
const vectorBase = (name = 'wide') =>
  layers.sequential({ layers: [dense({ units: 4, inputShape: [2], name })] });

/** Class names and units, rates and activations of what was put on a base. */
const described = (model: layers.LayersModel, base: layers.LayersModel) =>
  model.layers
    .filter((layer) => !base.layers.includes(layer) && layer.getClassName() !== 'InputLayer')
    .map((layer) => {
      const { units, rate, activation } = layer.getConfig();
      return [layer.getClassName(), units ?? rate, activation].filter((part) => part !== undefined);
    });

describe('graftHead with options', () => {
  it('is the head of the lesson', () => {
    const base = imageBase();
    const model = graftHead(base, { classes: 2, pooling: 'avg', hidden: 64, dropout: 0.5 }, 'mine');
    expect(model.name).toBe('mine');
    expect(described(model, base)).toEqual([
      ['GlobalAveragePooling2D'],
      ['Dense', 64, 'relu'],
      ['Dropout', 0.5],
      ['Dense', 2, 'softmax'],
    ]);
  });

  it.each<[HeadOptions, unknown[]]>([
    [{ classes: 3 }, [['GlobalAveragePooling2D'], ['Dense', 3, 'softmax']]],
    [{ classes: 1, pooling: 'max' }, [['GlobalMaxPooling2D'], ['Dense', 1, 'sigmoid']]],
    [
      { classes: 3, pooling: 'flatten', dropout: 0.2, activation: 'linear' },
      [['Flatten'], ['Dropout', 0.2], ['Dense', 3, 'linear']],
    ],
    [
      { classes: 3, hidden: [5, 4], dropout: 0.1 },
      [
        ...[['GlobalAveragePooling2D'], ['Dense', 5, 'relu'], ['Dropout', 0.1]],
        ...[
          ['Dense', 4, 'relu'],
          ['Dropout', 0.1],
          ['Dense', 3, 'softmax'],
        ],
      ],
    ],
  ])('%o', (options, expected) => {
    const base = imageBase();
    expect(described(graftHead(base, options), base)).toEqual(expected);
  });

  it('pools sequences, and lists not at all', () => {
    const sequence = layers.sequential({
      layers: [conv1d({ filters: 3, kernelSize: 1, inputShape: [5, 2] })],
    });
    expect(described(graftHead(sequence, { classes: 2 }), sequence)[0]).toEqual([
      'GlobalAveragePooling1D',
    ]);
    const base = vectorBase();
    expect(described(graftHead(base, { classes: 2 }), base)).toEqual([['Dense', 2, 'softmax']]);
  });

  it('begins alike for equal seeds, each layer in its own way, as Keras does', () => {
    const kernels = (seed?: number) => {
      const options = { classes: 4, hidden: 4, ...(seed !== undefined && { seed }) };
      const model = graftHead(vectorBase(), options);
      return model.layers.slice(-2).map(({ weights }) => [...weights[0]!.read().dataSync()]);
    };
    expect(kernels(1)).toEqual(kernels(1));
    expect(kernels(1)).not.toEqual(kernels(2));
    expect(kernels(1)[0]).not.toEqual(kernels(1)[1]);
    expect(kernels()).not.toEqual(kernels());
    const limit = Math.sqrt(6 / (4 + 4));
    const magnitudes = kernels(1).flat().map(Math.abs);
    expect(Math.max(...magnitudes)).toBeLessThanOrEqual(limit);
    expect(Math.max(...magnitudes)).toBeGreaterThan(0.8 * limit);
  });

  it('takes names that are free', () => {
    const once = graftHead(vectorBase(), { classes: 3 });
    const twice = graftHead(once, { classes: 2 });
    expect(twice.layers.slice(-2).map(({ name }) => name)).toEqual([
      'predictions',
      'predictions_1',
    ]);
  });

  it.each<[HeadOptions, string]>([
    [{ classes: 0 }, 'classes must be a positive integer. Received: 0'],
    [{ classes: 2, hidden: 1.5 }, 'hidden must be a positive integer. Received: 1.5'],
    [{ classes: 2, hidden: [3, NaN] }, 'hidden must be a positive integer. Received: NaN'],
    [{ classes: 2, dropout: 1 }, 'dropout must be a number from 0 to below 1. Received: 1'],
    [{ classes: 2, seed: 0.5 }, 'seed must be an integer. Received: 0.5'],
    [
      { classes: 2, pooling: 'mean' as 'avg' },
      'pooling must be avg, max, flatten. Received: "mean"',
    ],
    [
      { classes: 2, activation: 'relu' as 'linear' },
      'activation must be softmax, sigmoid, linear. Received: "relu"',
    ],
  ])('refuses %o', (options, message) => {
    expect(() => graftHead(imageBase(), options)).toThrow(message);
  });

  it('refuses to pool a list', () => {
    expect(() => graftHead(vectorBase(), { classes: 2, pooling: 'avg' })).toThrow(
      'pooling must be left out where features are one list already. Received: "avg"',
    );
  });
});

describe('replaceHead', () => {
  it('keeps what is below the head, and shares it', () => {
    const model = layers.sequential({
      layers: [
        ...[conv2d({ filters: 3, kernelSize: 3, inputShape: [6, 6, 1], name: 'conv' })],
        ...[globalAveragePooling2d({ name: 'pool' }), dense({ units: 10, name: 'ten' })],
      ],
    });
    const replaced = replaceHead(model, { classes: 2, pooling: 'flatten' });
    expect(replaced.layers.slice(1).map(({ name }) => name)).toEqual([
      ...['conv', 'head_pooling', 'predictions'],
    ]);
    expect(replaced.getLayer('conv')).toBe(model.getLayer('conv'));
    expect(replaced.outputs[0]?.shape).toEqual([null, 2]);
  });

  it('works on a base within the model', () => {
    const inner = imageBase();
    const input = layers.input({ shape: [6, 6, 1] });
    const flat = flatten({ name: 'flat' }).apply(inner.apply(input));
    const outputs = dense({ units: 10, name: 'ten' }).apply(flat) as layers.SymbolicTensor;
    const replaced = replaceHead(layers.model({ inputs: input, outputs }), { classes: 2 });
    expect(replaced.layers.slice(1).map(({ name }) => name)).toEqual([
      ...[inner.name, 'head_pooling', 'predictions'],
    ]);
    expect((replaced.predict(tf.zeros([1, 6, 6, 1])) as tf.Tensor).shape).toEqual([1, 2]);
  });

  it('refuses a model that is all head', () => {
    expect(() => replaceHead(vectorBase(), { classes: 2 })).toThrow(
      'model must have layers below its head',
    );
  });
});
