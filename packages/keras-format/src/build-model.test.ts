// A topology from outside that asks for what there is not gets one clear line, and leaves no tensor behind.

import '@tensorflow/tfjs-backend-cpu';
import { isGraftError } from '@graftjs/core';
import { memory, type Tensor, tensor2d } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { buildModel } from './build-model.js';
import type { NamedArray } from './keras-model.js';

const layer = (class_name: string, config: object = {}) => ({
  class_name,
  config: { name: class_name.toLowerCase(), ...config },
});
const start = layer('InputLayer', { batch_shape: [null, 2], dtype: 'float32' });
const chain = (...layers: object[]) => layer('Sequential', { layers: [start, ...layers] });
const zeros = (name: string, ...shape: number[]): NamedArray => ({
  name,
  shape,
  data: new Float32Array(shape.reduce((a, b) => a * b, 1)),
});
const dense = layer('Dense', { units: 3 });
const weightsOfDense = { dense: [zeros('dense/kernel', 2, 3), zeros('dense/bias', 3)] };

const build = (topology: unknown, weights: Record<string, NamedArray[]> = weightsOfDense) =>
  buildModel({ topology, weights: new Map(Object.entries(weights)) }, 'x.h5');

const call = (...inputs: [string, number, number][]) => ({
  args: inputs.map((keras_history) => ({
    class_name: '__keras_tensor__',
    config: { keras_history },
  })),
  kwargs: {},
});
const graph = (layers: object[], output: unknown) =>
  layer('Functional', { layers, input_layers: ['inputlayer', 0, 0], output_layers: output });
const source = { ...start, inbound_nodes: [] };
const flatten = (...inbound_nodes: object[]) => ({ ...layer('Flatten'), inbound_nodes });

describe('buildModel', () => {
  it('takes Keras’s defaults where a config says nothing', () => {
    const model = build(chain(dense));
    expect(model.getLayer('dense').getConfig()).toMatchObject({
      activation: 'linear',
      useBias: true,
      kernelInitializer: { config: { mode: 'fanAvg', distribution: 'uniform', scale: 1 } },
    });
    model.dispose();
  });

  it.each([
    [
      'an unknown layer',
      chain(layer('ConvLSTM2D', { filters: 2 })),
      'layer "convlstm2d" (ConvLSTM2D) in x.h5 is not supported',
    ],
    [
      'a class named like a method',
      chain(layer('constructor')),
      'layer "constructor" (constructor) in x.h5 is not supported',
    ],
    [
      'what remembers from one batch to the next',
      chain(layer('LSTM', { units: 2, stateful: true })),
      'stateful of layer "lstm" (LSTM) in x.h5 must be false; nothing else is supported. Received: true',
    ],
    [
      'an unknown layer within a layer',
      chain(layer('TimeDistributed', { layer: layer('Mine') })),
      'layer "timedistributed/mine" (Mine) in x.h5 is not supported',
    ],
    [
      'a layer without the layer that it is made of',
      chain(layer('TimeDistributed')),
      'a layer in x.h5 must be an object with class_name and config. Received: undefined',
    ],
    [
      'another way to merge',
      chain(
        layer('Bidirectional', {
          layer: layer('GRU', { units: 2 }),
          backward_layer: layer('GRU', { units: 2, go_backwards: true }),
          merge_mode: 'max',
        }),
      ),
      'merge_mode of layer "bidirectional" (Bidirectional) in x.h5 must be concat, sum, mul, ave or null. Received: "max"',
    ],
    [
      'another kind of model',
      layer('Mine', { layers: [] }),
      'model "mine" (Mine) in x.h5 is not supported',
    ],
    ['no object', [], 'a layer in x.h5 must be an object with class_name and config. Received: []'],
    [
      'no layers',
      layer('Sequential'),
      'layers of layer "sequential" (Sequential) in x.h5 must be a list',
    ],
    [
      'no input',
      layer('Sequential', { layers: [dense] }),
      'must start with an InputLayer and have another layer',
    ],
    [
      'no name',
      chain(layer('Dense', { name: 7 })),
      'name of a Dense layer in x.h5 must be a text. Received: 7',
    ],
    [
      'an unknown setting',
      chain(layer('Dense', { units: 3, lora_rank: 4 })),
      'layer "dense" (Dense) in x.h5 has the setting "lora_rank", which is not supported',
    ],
    [
      'a wrong setting',
      chain(layer('Dense', { units: -3 })),
      'units of layer "dense" (Dense) in x.h5 must be a positive integer. Received: -3',
    ],
    [
      'a setting that tfjs ignores',
      chain(layer('MaxPooling1D', { data_format: 'channels_first' })),
      'data_format of layer "maxpooling1d" (MaxPooling1D) in x.h5 must be "channels_last"; nothing else is supported.',
    ],
    [
      'an activation that needs settings',
      chain(layer('Dense', { units: 4, activation: 'threshold' })),
      'activation of layer "dense" (Dense) in x.h5 must be one of linear, relu',
    ],
    [
      'an unknown initializer',
      chain(layer('Dense', { units: 3, kernel_initializer: { class_name: 'Mine', config: {} } })),
      'kernel_initializer of layer "dense" (Dense) in x.h5 is of class Mine, which is not supported',
    ],
    [
      'another precision',
      chain(
        layer('Dense', {
          units: 3,
          dtype: { class_name: 'DTypePolicy', config: { name: 'mixed_float16' } },
        }),
      ),
      'dtype of layer "dense" (Dense) in x.h5 must be "float32". Received: "mixed_float16"',
    ],
    [
      'what tfjs refuses',
      chain(dense, layer('MaxPooling2D')),
      'x.h5 holds a model that cannot be built: ',
    ],
    [
      'an output of no layer',
      graph([source, flatten(call(['nobody', 0, 0]))], ['flatten', 0, 0]),
      'layer "flatten" of model "functional" (Functional) in x.h5 is called with an output that no layer gives',
    ],
    [
      'a circle',
      graph([source, flatten(call(['flatten', 0, 0]))], ['flatten', 0, 0]),
      'is called with an output that no layer gives',
    ],
    [
      'an end that is no output',
      graph([source], ['inputlayer', 0, 1]),
      'has no output 1 of layer "inputlayer"',
    ],
    [
      'two layers of one name',
      graph([source, source], ['inputlayer', 0, 0]),
      'has two layers named "inputlayer"',
    ],
    [
      'a call with a mask',
      graph(
        [source, flatten({ ...call(['inputlayer', 0, 0]), kwargs: { mask: 1 } })],
        ['flatten', 0, 0],
      ),
      'is called with a mask of its own, which is not supported',
    ],
    [
      'a call without its tensor',
      graph([source, flatten({ args: [3], kwargs: {} })], ['flatten', 0, 0]),
      'must be [layer, call, tensor]',
    ],
  ])('refuses %s', (_, topology, message) => {
    const before = memory().numTensors;
    expect(() => build(topology)).toThrow(message);
    expect(memory().numTensors).toBe(before);
  });

  it('takes an operator for its layer: a + b is an Add called with one tensor after the other', () => {
    const activation = layer('Activation', { activation: 'linear' });
    const once = { ...activation, inbound_nodes: [call(['inputlayer', 0, 0])] };
    const key: [string, number, number] = ['activation', 0, 0];
    const sum = { ...layer('Add'), inbound_nodes: [call(key, ['inputlayer', 0, 0])] };
    const model = build(graph([source, once, sum], ['add', 0, 0]), {});
    const output = model.predict(tensor2d([[1, 2]])) as Tensor;
    expect(Array.from(output.dataSync())).toEqual([2, 4]);
    output.dispose();
    model.dispose();
  });

  it('refuses models nested without end', () => {
    let model: object = dense;
    for (let i = 0; i < 1000; i++) model = layer('Sequential', { layers: [model] });
    expect(() => build(model)).toThrow('is nested more than 20 models deep');
    let wrapped: object = dense;
    for (let i = 0; i < 1000; i++) wrapped = layer('TimeDistributed', { layer: wrapped });
    expect(() => build(chain(wrapped))).toThrow('is nested more than 20 layers deep');
  });

  it.each([
    [
      'of another shape',
      { dense: [zeros('dense/kernel', 3, 2), zeros('dense/bias', 3)] },
      'the weight "dense/kernel" of layer "dense" (Dense) in x.h5 must have the shape [2,3]. Received: [3,2]',
    ],
    [
      'that are missing',
      { dense: [zeros('dense/kernel', 2, 3)] },
      'the weight "bias" of layer "dense" (Dense) in x.h5 is missing',
    ],
    [
      'too many',
      { dense: [...weightsOfDense.dense, zeros('dense/more', 1)] },
      'the weight "dense/more" of layer "dense" (Dense) in x.h5 is one that the layer has not',
    ],
    [
      'of a layer that is not there',
      { ...weightsOfDense, ghost: [zeros('ghost/kernel', 1)] },
      'x.h5 holds the weight "ghost/kernel" of layer "ghost", which its model has not',
    ],
  ])('refuses weights %s', (_, weights, message) => {
    const before = memory().numTensors;
    expect(() => build(chain(dense), weights)).toThrow(message);
    expect(memory().numTensors).toBe(before);
  });

  it('takes no memory for a layer that its weights do not fit', () => {
    // 4 TB, if it were made.
    expect(() => build(chain(layer('Dense', { units: 5e11 })))).toThrow('must have the shape');
    // The cell has the weights, and would make an orthogonal matrix first.
    const steps = layer('InputLayer', { batch_shape: [null, 4, 2] });
    const lstm = layer('LSTM', { units: 5e9 });
    const wrapped = layer('TimeDistributed', { layer: layer('Dense', { units: 5e11 }) });
    for (const [name, each] of Object.entries({ lstm, timedistributed: wrapped })) {
      const weights = { [name]: [zeros(`${name}/kernel`, 2, 3)] };
      const sequence = layer('Sequential', { layers: [steps, each] });
      expect(() => build(sequence, weights)).toThrow('must have the shape');
    }
  });

  it('fails with a GraftError and keeps its cause', () => {
    const attempt = () => build(chain(dense, layer('MaxPooling2D')));
    expect(attempt).toThrow(expect.objectContaining({ cause: expect.any(Error) as Error }));
    try {
      attempt();
    } catch (error) {
      expect(isGraftError(error)).toBe(true);
    }
  });
});
