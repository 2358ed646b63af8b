import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import * as layers from '@tensorflow/tfjs-layers';
import { beforeAll, expect, it } from 'vitest';
import { modelFacts } from './model-facts.js';
import { layerTable } from './terminal/layer-table.js';

beforeAll(() => tf.setBackend('cpu'));

function nested(): layers.LayersModel {
  const inner = layers.sequential({ name: 'inner' });
  inner.add(layers.layers.dense({ units: 2, inputShape: [3], name: 'body', trainable: false }));
  inner.layers[0]?.setWeights([tf.tensor2d([1, 2, 3, 4, 5, 6], [3, 2]), tf.tensor1d([0, -1])]);
  const model = layers.sequential({ name: 'outer' });
  model.add(inner);
  model.add(layers.layers.dense({ units: 1, name: 'head' }));
  return model;
}

it('names the layers of nested models by their path, with the statistics of their weights', () => {
  const { layers: all, parameters } = modelFacts('model.h5', { model: nested() });
  expect(parameters).toBe(11);
  const body = all.find(({ path }) => path === 'inner/body');
  expect(body).toMatchObject({ className: 'Dense', outputShape: [null, 2], parameters: 8 });
  expect(body?.weights[0]).toMatchObject({ name: 'kernel', mean: 3.5, smallest: 1, largest: 6 });
  expect(body?.weights[0]?.deviation).toBeCloseTo(Math.sqrt(35 / 12), 12);
});

it('prints a table', () => {
  const table = layerTable(modelFacts('model.h5', { model: nested() }));
  expect(table).toMatch(
    /inner\/body +│ Dense \(frozen\) +│ \?×2 +│ +8 │ kernel 3×2: 3\.50 ± 1\.71 \[1\.00, 6\.00\]/,
  );
  expect(table).toContain('11 parameters, 3 in layers that train\noptimizer: none');
});
