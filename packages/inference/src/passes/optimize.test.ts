// What is left of models after the rewritings; that they still compute the same is tested where they are run.

import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { input, layers, model, sequential, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import { lowerModel } from '../lower/lower-model.js';
import { optimize } from './optimize.js';

type Layer = layers.Layer;

const { batchNormalization, conv2d, dense, depthwiseConv2d, maxPooling2d, reLU, zeroPadding2d } =
  layers;

function left(...all: Layer[]): string[] {
  const [first, ...others] = all as [Layer, ...Layer[]];
  const x = input({ shape: [8, 8, 3] });
  const outputs = others.reduce<SymbolicTensor>(
    (y, layer) => layer.apply(y) as SymbolicTensor,
    first.apply(x) as SymbolicTensor,
  );
  return optimize(lowerModel(model({ inputs: x, outputs }))).nodes.map((node) =>
    'activation' in node && node.activation ? `${node.op} ${node.activation.kind}` : node.op,
  );
}

const same = { filters: 2, kernelSize: 3, padding: 'same' } as const;
const valid = { filters: 2, kernelSize: 3 } as const;

beforeAll(() => tf.setBackend('cpu'));

describe('normalization', () => {
  it('becomes part of what comes before, and the activation too', () => {
    expect(left(conv2d(same), batchNormalization(), reLU())).toEqual(['conv2d relu']);
    const wise = depthwiseConv2d({ kernelSize: 3 });
    expect(left(wise, batchNormalization(), batchNormalization())).toEqual(['depthwiseConv2d']);
    expect(left(dense({ units: 2 }), layers.dropout({ rate: 0.5 }), batchNormalization())).toEqual([
      'dense',
    ]);
  });

  it('becomes part of what comes after where there is no padding', () => {
    expect(left(batchNormalization(), conv2d(valid))).toEqual(['conv2d']);
    expect(left(batchNormalization(), depthwiseConv2d({ kernelSize: 2 }))).toEqual([
      'depthwiseConv2d',
    ]);
    expect(left(batchNormalization(), conv2d(same))).toEqual(['scaleShift', 'conv2d']);
    expect(left(batchNormalization(), zeroPadding2d(), conv2d(valid))).toEqual([
      'scaleShift',
      'conv2d',
    ]);
  });

  it('stays where an activation lies between, or somebody else takes the value', () => {
    expect(left(conv2d(valid), reLU(), batchNormalization(), reLU(), conv2d(valid))).toEqual([
      'conv2d relu',
      'scaleShift relu',
      'conv2d',
    ]);
    const x = input({ shape: [8, 8, 3] });
    const y = conv2d(valid).apply(x) as SymbolicTensor;
    const z = batchNormalization().apply(y) as SymbolicTensor;
    const graph = optimize(lowerModel(model({ inputs: x, outputs: [y, z] })));
    expect(graph.nodes.map(({ op }) => op)).toEqual(['conv2d', 'scaleShift']);
  });

  it('without a shift becomes part of a padded convolution', () => {
    const scale = layers.rescaling({ scale: 2, offset: 0 });
    expect(left(scale, conv2d(same))).toEqual(['conv2d']);
  });
});

describe('padding', () => {
  it('becomes part of convolutions, and of the largest value of what is not negative', () => {
    expect(left(zeroPadding2d(), conv2d(valid))).toEqual(['conv2d']);
    const pool = () => [zeroPadding2d(), maxPooling2d({ poolSize: 3, strides: 2 })] as const;
    expect(left(reLU(), ...pool())).toEqual(['activation relu', 'maxPool']);
    expect(left(...pool())).toEqual(['pad', 'maxPool']);
  });
});

it('merges reshapes, and passes channels through them', () => {
  const sequence = sequential({
    layers: [
      layers.conv1d({ filters: 2, kernelSize: 3, inputShape: [9, 3] }),
      batchNormalization(),
      reLU(),
      layers.conv1d({ filters: 2, kernelSize: 3 }),
    ],
  });
  const { nodes } = optimize(lowerModel(sequence));
  expect(nodes.map(({ op }) => op)).toEqual(['reshape', 'conv2d', 'conv2d', 'reshape']);
});

it('turns channels that come first only at both ends', () => {
  const dataFormat = 'channelsFirst';
  const shape = [3, 8, 8];
  const stack = sequential({
    layers: [
      conv2d({ ...valid, dataFormat, inputShape: shape }),
      batchNormalization({ axis: 1 }),
      reLU(),
      maxPooling2d({ poolSize: 2, dataFormat }),
      zeroPadding2d({ padding: 1, dataFormat }),
      conv2d({ ...valid, dataFormat, activation: 'relu' }),
    ],
  });
  const { nodes } = optimize(lowerModel(stack));
  const ops = ['transpose', 'conv2d', 'maxPool', 'conv2d', 'transpose'];
  expect(nodes.map(({ op }) => op)).toEqual(ops);
});

it('normalizes within a convolution that each step of a sequence is given to', () => {
  const each = (layer: Layer) => layers.timeDistributed({ layer });
  const stack = sequential({
    layers: [
      layers.timeDistributed({ layer: conv2d(valid), inputShape: [4, 8, 8, 3] }),
      each(batchNormalization()),
      each(reLU()),
      each(conv2d(valid)),
    ],
  });
  const { nodes } = optimize(lowerModel(stack));
  expect(nodes.map(({ op }) => op)).toEqual(['reshape', 'conv2d', 'conv2d', 'reshape']);
});

it('does the same once', () => {
  const x = input({ shape: [8, 8, 3] });
  const twice = [1, 2].map(() => conv2d(valid).apply(reLU().apply(x)) as SymbolicTensor);
  const graph = optimize(lowerModel(model({ inputs: x, outputs: twice })));
  expect(graph.nodes.map(({ op }) => op)).toEqual(['activation', 'conv2d', 'conv2d']);
});

it('drops constants and values that nobody takes', () => {
  const stack = sequential({ layers: [conv2d({ ...valid, inputShape: [8, 8, 3] }), batchNormalization()] }); // prettier-ignore
  const graph = optimize(lowerModel(stack));
  const taken = graph.nodes.flatMap(({ inputs }) => inputs);
  expect([...graph.constants.keys()].sort()).toEqual(taken.slice(1).sort());
  expect([...graph.shapes.keys()]).toEqual([graph.inputs[0]?.name, graph.outputs[0]]);
});
