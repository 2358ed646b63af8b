// Every class of layers that is registered has a form for prediction, with a case that proves it, or is refused with a reason.

import '@tensorflow/tfjs-backend-cpu';
import { readFileSync, writeFileSync } from 'node:fs';
import { isModel, type Layer } from '@graftjs/core';
import { toOnnx } from '@graftjs/inference';
import * as graft from '@graftjs/layers';
import * as tf from '@tensorflow/tfjs-core';
import {
  input,
  layers,
  model,
  type LayersModel,
  type SymbolicTensor,
} from '@tensorflow/tfjs-layers';
import { expect, it } from 'vitest';
import { cases } from './cases/index.js';

await tf.setBackend('cpu');
graft.registerLayers();

const cell = 'a cell is run by the recurrent layer that it is in';
const vector = [4];
const sequence = [5, 4];
const image = [6, 5, 3];
const [units, recurrentInitializer] = [4, 'glorotNormal'] as const;
const stockCell = { units, recurrentInitializer };

/** Classes that are refused, each on inputs of some shapes. */
const refused: Readonly<Record<string, [reason: string, make: () => Layer, shapes: number[][]]>> = {
  ConvLSTM2DCell: [cell, () => layers.convLstm2dCell({ filters: 3, kernelSize: 1, recurrentInitializer }), [image]], // prettier-ignore
  GRUCell: [cell, () => layers.gruCell(stockCell), [vector]],
  GraftGRUCell: [cell, () => graft.gruCell({ units }), [vector]],
  GraftLSTMCell: [cell, () => graft.lstmCell({ units }), [vector]],
  GraftSimpleRNNCell: [cell, () => graft.simpleRNNCell({ units }), [vector]],
  GraftStackedRNNCells: [cell, () => graft.stackedRNNCells({ cells: [graft.gruCell({ units })] }), [vector]], // prettier-ignore
  LSTMCell: [cell, () => layers.lstmCell(stockCell), [vector]],
  RandomWidth: ['it draws another size for each batch, also when it predicts', () => layers.randomWidth({ factor: 0.2 }), [image]], // prettier-ignore
  Resizing: ['that of tfjs-layers fails when a model calls it', () => layers.resizing({ height: 3, width: 3 }), [image]], // prettier-ignore
  SimpleRNNCell: [cell, () => layers.simpleRNNCell(stockCell), [vector]],
  StackedRNNCells: [cell, () => layers.stackedRNNCells({ cells: [layers.gruCell(stockCell)] }), [vector]], // prettier-ignore
};

function ownCell(): Layer {
  const Base = layers.simpleRNNCell(stockCell).constructor as new (args: object) => Layer;
  class OwnCell extends Base {
    static readonly className = 'OwnCell';
  }
  return new OwnCell(stockCell);
}

/** What is refused of layers that have a form otherwise. */
const inPart: Readonly<
  Record<string, [reason: string, make: () => Layer, shapes: (number | null)[][]]>
> = {
  // prettier-ignore
  'channels first in a recurrent convolution': ['its channels come first', () => layers.convLstm2d({ filters: 1, kernelSize: 2, recurrentInitializer, dataFormat: 'channelsFirst' }), [[2, ...image]]], // prettier-ignore
  'a stateful layer': ['it is stateful: what it gives depends on earlier batches', () => layers.lstm({ ...stockCell, stateful: true, batchInputShape: [2, 5, 4] }), [sequence]], // prettier-ignore
  'an activation of several operations in a cell': ['there is no form of the activation graftTanhShrink', () => graft.gru({ units, activation: graft.kerasActivation('tanh_shrink') }), [sequence]], // prettier-ignore
  'a cell of somebody else': ['its cell is of class OwnCell', () => layers.rnn({ cell: ownCell() as never }), [sequence]], // prettier-ignore
  'volumes of any size': ['the size of its input is not known', () => graft.conv3d({ filters: 1, kernelSize: 2 }), [[null, 5, 5, 2]]], // prettier-ignore
  'images of any size, of which the middle is wanted': ['the size of its input is not known', () => graft.centerCrop({ height: 2, width: 2 }), [[null, 5, 3]]], // prettier-ignore
  'a causal mask of sequences of any length': ['the number of steps is not known', () => graft.attention({ useCausalMask: true }), [[null, 4], [null, 4]]], // prettier-ignore
  'a causal mask along another axis': ['it has a mask, and attends along other axes than that of steps', () => graft.multiHeadAttention({ numHeads: 1, keyDim: 2, attentionAxes: 2, useCausalMask: true }), [image, image]], // prettier-ignore
  'steps of any number, each by itself': ['the size of its input is not known', () => graft.timeDistributed({ layer: layers.dense({ units: 2 }) }), [[null, 4]]], // prettier-ignore
};

/** What is refused of layers where a mask reaches the last of them: of words [batch, …], of which 0 is none. */
const behindMasks: Readonly<
  Record<string, [reason: string, shape: number[], make: () => Layer[]]>
> = {
  // prettier-ignore
  'masked sequences of sequences, after one another': ['it has masks of other inputs than sequences', [2, 5], () => [layers.concatenate({ axis: 1 })]], // prettier-ignore
  'a masked softmax': ['it has a mask', [5], () => [layers.softmax({ axis: -1 })]],
  'a mask of other things than steps': ['its mask is not of steps', [2, 5], () => [graft.timeDistributed({ layer: layers.flatten() }), graft.gru({ units })]], // prettier-ignore
  'a mask that tfjs-layers hands to each step': ['that of tfjs-layers hands the whole mask to each step', [2, 5], () => [layers.timeDistributed({ layer: layers.gru(stockCell) })]], // prettier-ignore
};

function modelOf(layer: Layer, shapes: (number | null)[][]) {
  const batchInputShape = layer.batchInputShape;
  const inputs = shapes.map((shape) =>
    input(batchInputShape ? { batchShape: batchInputShape } : { shape }),
  );
  const outputs = layer.apply(inputs.length > 1 ? inputs : (inputs[0] as SymbolicTensor));
  return model({ inputs, outputs: [outputs].flat() as SymbolicTensor[] });
}

function classesOf(layer: Layer): string[] {
  if (isModel(layer)) return layer.layers.flatMap(classesOf);
  const { layer: inner, forwardLayer, backwardLayer } = layer as Layer & Partial<Record<'layer' | 'forwardLayer' | 'backwardLayer', Layer>>; // prettier-ignore
  const within = [inner, forwardLayer, backwardLayer].filter((each) => each !== undefined);
  return [layer.getClassName(), ...within.flatMap(classesOf)];
}

it('knows every class', () => {
  const { classNameMap } = tf.serialization.SerializationMap.getMap();
  const models = ['Functional', 'InputLayer', 'Model', 'Sequential'];
  const registered = Object.entries(classNameMap)
    .filter(([, [Class]]) => Class.prototype instanceof layers.Layer)
    .map(([name]) => name)
    .filter((name) => !models.includes(name));
  const proven = new Set(Object.values(cases).flatMap((make) => classesOf(make().model)));
  proven.delete('InputLayer');
  expect([...proven, ...Object.keys(refused)].sort()).toEqual(registered.sort());
});

async function expectRefused(layer: Layer, refusing: LayersModel, reason: string): Promise<void> {
  const className = layer.getClassName().replace('Graft', '');
  await expect(toOnnx(refusing)).rejects.toThrow(
    new RegExp(`^layer "${layer.name}" \\(${className}.*\\) cannot be exported: ${reason}$`),
  );
}

it.each(Object.entries({ ...refused, ...inPart }))(
  'refuses %s',
  async (_, [reason, make, shapes]) => {
    const layer = make();
    await expectRefused(layer, modelOf(layer, shapes), reason);
  },
);

it.each(Object.entries(behindMasks))('refuses %s', async (_, [reason, shape, make]) => {
  const x = input({ shape, dtype: 'int32' });
  const embedding = layers.embedding({ inputDim: 9, outputDim: 4, maskZero: true });
  const all = [embedding, ...make()];
  const outputs = all.reduce((y, layer) => {
    const given = layer.getClassName() === 'Concatenate' ? [y, y] : y;
    return layer.apply(given) as SymbolicTensor;
  }, x);
  await expectRefused(all.at(-1) as Layer, model({ inputs: x, outputs }), reason);
});

it('says in the README what is refused (GRAFT_UPDATE=1 writes it anew)', () => {
  const readme = new URL('../../../packages/inference/README.md', import.meta.url);
  const text = readFileSync(readme, 'utf8');
  const reasons = [...new Set(Object.values(refused).map(([reason]) => reason))];
  const lines = reasons.map((reason) => {
    const names = Object.keys(refused).filter((name) => refused[name]?.[0] === reason);
    return `- ${names.map((name) => `\`${name}\``).join(', ')}: ${reason}`;
  });
  const [before, , after] = text.split(/^<!-- refused -->$/m) as [string, string, string];
  const current = `${before}<!-- refused -->\n\n${lines.join('\n')}\n\n<!-- refused -->${after}`;
  if (process.env.GRAFT_UPDATE) writeFileSync(readme, current);
  else expect(text).toBe(current);
});
