// Models as model.json and shards: tfjs-layers opens what is written here, and what it saves is read here.

import '@tensorflow/tfjs-backend-cpu';
import { readFileSync } from 'node:fs';
import {
  bidirectional,
  gru,
  gruCell,
  lstm,
  lstmCell,
  registerLayers,
  rnn,
  timeDistributed,
} from '@graftjs/layers';
import { io, memory, randomNormal, type Tensor, tidy } from '@tensorflow/tfjs-core';
import { layers, type LayersModel, loadLayersModel, sequential } from '@tensorflow/tfjs-layers';
import { describe, expect, it } from 'vitest';
import { modelFromH5, modelFromTfjs, modelToTfjs, type TfjsFiles } from './index.js';

const keras = (file: string) =>
  modelFromH5(new Uint8Array(readFileSync(new URL(`../../../reference/${file}`, import.meta.url))));

/** Models within a model, of which one starts with a model and one is called twice. */
function nested(): LayersModel {
  const { dense } = layers;
  const inner = sequential({
    name: 'inner',
    layers: [dense({ units: 3, inputShape: [3], name: 'a' })],
  });
  const outer = sequential({ name: 'outer', layers: [inner, dense({ units: 3, name: 'b' })] });
  return sequential({ name: 'whole', layers: [outer, dense({ units: 2, name: 'c' })] });
}

/** Layers made of others, of a model too. */
function recurrent(): LayersModel {
  const { dense } = layers;
  const block = sequential({ layers: [dense({ units: 3, inputShape: [4] }), dense({ units: 2 })] });
  const cell = [lstmCell({ units: 3 }), gruCell({ units: 2, trainable: false })];
  const both = bidirectional({ layer: gru({ units: 2, returnSequences: true }) });
  return sequential({
    layers: [
      layers.inputLayer({ inputShape: [5, 3] }),
      ...[both, timeDistributed({ layer: block }), rnn({ cell, returnSequences: true })],
      ...[timeDistributed({ layer: dense({ units: 2 }) }), lstm({ units: 3 })],
    ],
  });
}

const makers: [string, () => LayersModel | Promise<LayersModel>][] = [
  ['a Sequential of Keras', () => keras('fixtures/h5-models/mlp.h5')],
  ['models within a model', nested],
  ['a Functional model of Keras', () => keras('keras2/fixtures/cnn.h5')],
  ['layers made of others', recurrent],
];

function predictions(model: LayersModel, xs: Tensor): number[] {
  return tidy(() => Array.from((model.predict(xs) as Tensor).dataSync()));
}

const reader =
  ({ shards }: TfjsFiles) =>
  async (path: string): Promise<Uint8Array> =>
    shards.get(path) ?? new Uint8Array(0);

describe.each(makers)('%s', (_, make) => {
  it('comes back with the same predictions, and opens in tfjs-layers', async () => {
    registerLayers();
    const model = await make();
    const xs = randomNormal([2, ...(model.inputs[0]?.shape.slice(1) as number[])]);
    const files = await modelToTfjs(model);
    const before = memory().numTensors;
    const again = await modelFromTfjs(files.json, reader(files));
    expect(memory().numTensors - before).toBe(model.weights.length);
    expect(predictions(again, xs)).toEqual(predictions(model, xs));
    expect(again.trainableWeights).toHaveLength(model.trainableWeights.length);
    const { modelTopology, weightsManifest } = JSON.parse(files.json) as {
      modelTopology: object;
      weightsManifest: { weights: io.WeightsManifestEntry[] }[];
    };
    const weightSpecs = weightsManifest.flatMap(({ weights }) => weights);
    const weightData = io.concatenateArrayBuffers(
      [...files.shards.values()].map((bytes) => Uint8Array.from(bytes).buffer),
    );
    const theirs = await loadLayersModel(io.fromMemory({ modelTopology, weightSpecs, weightData }));
    expect(predictions(theirs, xs)).toEqual(predictions(model, xs));
  });
});

it('weights are split into shards of 4 MiB', async () => {
  const wide = sequential({ layers: [layers.dense({ units: 1500, inputShape: [1000] })] });
  const files = await modelToTfjs(wide);
  expect([...files.shards.values()].map(({ length }) => length)).toEqual([4 << 20, 1_811_696]);
  const again = await modelFromTfjs(files.json, reader(files));
  expect(again.getWeights()[0]?.dataSync()).toEqual(wide.getWeights()[0]?.dataSync());
});

it('weights of one name are refused when they are written', async () => {
  await expect(modelToTfjs(await keras('fixtures/h5-models/nested.h5'))).rejects.toThrow(
    'two of its weights would be named "a/kernel"',
  );
});

describe('a model.json that is refused', () => {
  const files = modelToTfjs(nested());
  const refused = async (change: (json: string) => string, shards?: Uint8Array) => {
    const { json, shards: given } = await files;
    const [first = new Uint8Array(0)] = given.values();
    return modelFromTfjs(change(json), async () => shards ?? first, { name: 'x.json' });
  };

  it.each<[string, (json: string) => string, string]>([
    ['text', () => 'hello', 'x.json is not valid JSON'],
    ['other JSON', () => '[]', 'x.json is no model.json'],
    ['a path out', (s) => s.replace('"weights-', '"../weights-'), 'must be inside the folder'],
    ['another host', (s) => s.replace('"weights-', '"http://a/'), 'must be inside the folder'],
    ['a shape', (s) => s.replaceAll('[3,3]', '[-3,3]'), 'an object with name and shape'],
    ['a large shape', (s) => s.replaceAll('[3,3]', '[3,3e9]'), 'is larger than its shards'],
    ['a small shape', (s) => s.replaceAll('[3,3]', '[3,2]'), 'must have'],
    [
      'a type',
      (s) => s.replaceAll('"float32"}]', '"uint8"}]'),
      '"float32" or "int32", not quantized',
    ],
    ['absurd units', (s) => s.replace('"units":3', '"units":3000000000'), 'must have the shape'],
    ['weights twice', (s) => s.replaceAll('b/kernel', 'a/kernel'), 'two weights named "a/kernel"'],
    ['a strange weight', (s) => s.replaceAll('b/bias', 'z/bias'), 'x.json'],
  ])('%s', async (_, change, message) => {
    const before = memory().numTensors;
    await expect(refused(change)).rejects.toThrow(message);
    expect(memory().numTensors).toBe(before);
  });

  it('short shards', async () => {
    await expect(refused((json) => json, new Uint8Array(7))).rejects.toThrow(
      'is larger than its shards',
    );
  });
});
