// Recurrent layers of tfjs-layers itself are written for Keras, and come back as ours.

import '@graftjs/test-utils';
import '@tensorflow/tfjs-backend-cpu';
import { randomNormal, type Tensor } from '@tensorflow/tfjs-core';
import { layers, type LayersModel, sequential } from '@tensorflow/tfjs-layers';
import { expect, it } from 'vitest';
import {
  modelFromH5,
  modelFromKeras,
  modelFromTfjs,
  modelToH5,
  modelToKeras,
  modelToTfjs,
} from './index.js';

// Their orthogonal initializer wants the chained operations of the whole of tfjs.
const cell = { units: 3, recurrentInitializer: 'glorotUniform' } as const;
const gated = { ...cell, recurrentActivation: 'sigmoid' } as const;
const sequences = { returnSequences: true } as const;

function stock(cells: Parameters<typeof layers.rnn>[0]['cell']): LayersModel {
  return sequential({
    layers: [
      layers.simpleRNN({ ...cell, ...sequences, inputShape: [5, 2] }),
      layers.bidirectional({
        layer: layers.lstm({ ...gated, ...sequences }) as never,
        mergeMode: 'ave',
      }),
      layers.timeDistributed({ layer: layers.dense({ units: 4 }) }),
      layers.rnn({ cell: cells, ...sequences }),
      layers.gru({ ...gated, goBackwards: true }),
    ],
  });
}

function compare(copy: LayersModel, model: LayersModel): void {
  const x = randomNormal([2, 5, 2]);
  expect(copy.predict(x) as Tensor).toBeCloseToTensor(model.predict(x) as Tensor, 1e-6);
  expect(copy.layers.map((layer) => layer.getClassName())).toEqual([
    ...['GraftSimpleRNN', 'GraftBidirectional', 'GraftTimeDistributed', 'GraftRNN', 'GraftGRU'],
  ]);
}

it('of tfjs-layers go through files of Keras', async () => {
  const cells = [layers.lstmCell(gated), layers.gruCell(gated), layers.simpleRNNCell(cell)];
  const model = stock(cells);
  compare(await modelFromH5(await modelToH5(model)), model);
  compare(await modelFromKeras(await modelToKeras(model)), model);
});

it('of tfjs-layers are read from model.json', async () => {
  const model = stock(layers.gruCell(gated));
  const { json, shards } = await modelToTfjs(model);
  compare(await modelFromTfjs(json, async (path) => shards.get(path) ?? new Uint8Array(0)), model);
});

it('of tfjs-layers are refused with what Keras 3 computes otherwise', async () => {
  const model = sequential({ layers: [layers.lstm({ ...cell, inputShape: [5, 2], name: 'a' })] });
  await expect(modelToKeras(model)).rejects.toThrow(/^recurrent_activation of layer "a" \(LSTM\)/);
  const stateful = layers.gru({ ...gated, stateful: true, batchInputShape: [1, 5, 2], name: 'b' });
  await expect(modelToKeras(sequential({ layers: [stateful] }))).rejects.toThrow(
    'stateful of layer "b" (GRU) must be false; nothing else is supported. Received: true',
  );
});
