// Weights alone: from files of Keras 3 and Keras 2, in order, by name, with and without the top, and back.

import '@tensorflow/tfjs-backend-cpu';
import { readFileSync } from 'node:fs';
import { memory, ones, type Tensor, tensor, tidy } from '@tensorflow/tfjs-core';
import { layers, type LayersModel, sequential } from '@tensorflow/tfjs-layers';
import { describe, expect, it } from 'vitest';
import { writeHdf5 } from './hdf5.js';
import { loadWeightsFromH5, modelFromH5, modelToH5, weightsToH5 } from './index.js';

const bytesOf = (file: string) =>
  new Uint8Array(readFileSync(new URL(`../../../reference/${file}`, import.meta.url)));
const values = (model: LayersModel) => model.weights.map((w) => Array.from(w.read().dataSync()));

/** The model with ones for weights. */
async function blank(file: string): Promise<LayersModel> {
  const model = await modelFromH5(bytesOf(file));
  for (const weight of model.weights) {
    const target = weight.read() as Tensor & { assign(value: Tensor): void };
    tidy(() => target.assign(ones(target.shape, target.dtype)));
  }
  return model;
}

const keras3 = 'fixtures/h5-models/';
const keras2 = 'keras2/fixtures/';
const files: [file: string, model: string, by: 'order' | 'name'][] = [
  ...['cnn', 'nested'].flatMap((name): typeof files => [
    [`fixtures/keras-files/${name}.weights.h5`, `${keras3}${name}.h5`, 'order'],
    [`fixtures/keras-files/${name}-older-weights.h5`, `${keras3}${name}.h5`, 'order'],
    [`fixtures/keras-files/${name}-older-weights.h5`, `${keras3}${name}.h5`, 'name'],
    [`${keras3}${name}.h5`, `${keras3}${name}.h5`, 'order'],
    [`${keras2}${name}-weights.h5`, `${keras2}${name}.h5`, 'order'],
    [`${keras2}${name}-weights.h5`, `${keras2}${name}.h5`, 'name'],
  ]),
  [`${keras2}renamed-weights.h5`, `${keras2}renamed.h5`, 'order'],
  [`${keras2}recurrent-weights.h5`, `${keras2}recurrent.h5`, 'order'],
  [`${keras2}recurrent-weights.h5`, `${keras2}recurrent.h5`, 'name'],
];

describe('loadWeightsFromH5', () => {
  it.each(files)('takes all weights of %s for %s, by %s', async (file, of, by) => {
    const [model, whole] = [await blank(of), await modelFromH5(bytesOf(of))];
    const before = memory().numTensors;
    const report = await loadWeightsFromH5(model, bytesOf(file), { by });
    expect(memory().numTensors).toBe(before);
    expect(values(model)).toEqual(values(whole));
    expect(new Set(report.loaded).size).toBe(model.weights.length);
    expect({ ...report, loaded: [] }).toEqual({
      ...{ loaded: [], missing: [], unexpected: [], mismatched: [] },
    });
  });

  it('takes back what weightsToH5 wrote', async () => {
    const model = await modelFromH5(bytesOf(`${keras3}nested.h5`));
    const again = await blank(`${keras3}nested.h5`);
    await loadWeightsFromH5(again, await weightsToH5(model));
    expect(values(again)).toEqual(values(model));
  });
});

/** `first` [3, 4], and a top of other names. */
function network(units: number, top = 'top'): LayersModel {
  const { dense } = layers;
  return sequential({
    layers: [
      dense({ units: 4, inputShape: [3], name: 'first' }),
      ...(units > 0 ? [dense({ units, name: top })] : []),
    ],
  });
}

describe('weights that do not fit', () => {
  const withTop = modelToH5(network(2));

  it('by name leave the top alone, on either side', async () => {
    expect(await loadWeightsFromH5(network(0), await withTop, { by: 'name' })).toEqual({
      loaded: ['first/kernel', 'first/bias'],
      missing: [],
      unexpected: ['top/kernel', 'top/bias'],
      mismatched: [],
    });
    expect(await loadWeightsFromH5(network(7, 'mine'), await withTop, { by: 'name' })).toEqual({
      loaded: ['first/kernel', 'first/bias'],
      missing: ['mine/kernel', 'mine/bias'],
      unexpected: ['top/kernel', 'top/bias'],
      mismatched: [],
    });
  });

  it('by name with skipMismatch keep a top of another shape', async () => {
    const model = network(7);
    const [, , kernel] = values(model);
    const report = await loadWeightsFromH5(model, await withTop, {
      by: 'name',
      skipMismatch: true,
    });
    expect(report.mismatched).toEqual([
      { weight: 'top/kernel', expected: [4, 7], received: [4, 2] },
      { weight: 'top/bias', expected: [7], received: [2] },
    ]);
    expect(report.loaded).toEqual(['first/kernel', 'first/bias']);
    expect(values(model)[2]).toEqual(kernel);
  });

  it.each([
    [7, 'name', 'the weight "top/kernel" must have the shape [4,7]. Received: [4,2] in x.h5'],
    [7, 'order', 'the weight "top/kernel" must have the shape [4,7]. Received: [4,2] in x.h5'],
    [0, 'order', 'x.h5 has weights of 2 layers, and the model has 1 layers with weights'],
  ] as const)('change nothing where they are refused: %s, by %s', async (units, by, message) => {
    const model = network(units);
    const before = values(model);
    const loading = loadWeightsFromH5(model, await withTop, { name: 'x.h5', by });
    await expect(loading).rejects.toThrow(message);
    expect(values(model)).toEqual(before);
  });

  it('of other numbers in a layer are refused in order', async () => {
    const other = sequential({
      layers: [layers.dense({ units: 4, inputShape: [3], useBias: false })],
    });
    const bytes = await modelToH5(other);
    await expect(loadWeightsFromH5(network(0), bytes, { name: 'x.h5' })).rejects.toThrow(
      /^layer "first" must have 2 weights\. Received: 1, of layer ".*" in x\.h5$/,
    );
  });

  it('at other places are refused, or skipped and told of', async () => {
    const bytes = await weightsToH5(network(2));
    await expect(loadWeightsFromH5(network(0), bytes, { name: 'x.h5' })).rejects.toThrow(
      'x.h5 holds the weights "layers/dense_1", which the model has not',
    );
    const deeper = sequential({ layers: [network(2), layers.dense({ units: 1 })] });
    await expect(loadWeightsFromH5(deeper, bytes, { name: 'x.h5' })).rejects.toThrow('x.h5');
    expect(await loadWeightsFromH5(network(0), bytes, { skipMismatch: true })).toEqual({
      loaded: ['first/kernel', 'first/bias'],
      missing: [],
      unexpected: ['layers/dense_1'],
      mismatched: [],
    });
  });

  it('of files that have none, and options that are none, are refused', async () => {
    const nothing = await writeHdf5((root) => root.create_group('other'));
    const model = network(0);
    await expect(loadWeightsFromH5(model, nothing, { name: 'x.h5' })).rejects.toThrow(
      'x.h5 holds no weights of a Keras model',
    );
    const bytes = await weightsToH5(model);
    await expect(loadWeightsFromH5(model, bytes, { by: 'name' })).rejects.toThrow(
      'the file says nothing of the names of its layers: by must be "order"',
    );
    await expect(loadWeightsFromH5(model, bytes, { by: 'rank' as never })).rejects.toThrow(
      'by must be "order" or "name". Received: "rank"',
    );
  });

  it('find layers whose names had a slash in Keras 2', async () => {
    const stored = network(0);
    const bytes = await writeHdf5((root) => {
      root.create_attribute('layer_names', ['fir/st']);
      const group = root.create_group('fir').create_group('st');
      group.create_attribute('weight_names', ['k', 'b']);
      for (const [i, name] of ['k', 'b'].entries()) {
        const { shape } = stored.weights[i]?.read() as Tensor;
        const data = tensor(values(stored)[i] ?? []).dataSync() as Float32Array;
        group.create_dataset({ name, data, shape, dtype: '<f' });
      }
    });
    const model = sequential({
      layers: [layers.dense({ units: 4, inputShape: [3], name: 'fir_st' })],
    });
    const { loaded } = await loadWeightsFromH5(model, bytes, { by: 'name' });
    expect(loaded).toEqual(['fir_st/kernel', 'fir_st/bias']);
    expect(values(model)).toEqual(values(stored));
  });
});
