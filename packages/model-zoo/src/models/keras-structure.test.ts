// Every model with every set of options in the fixture: layers, their order and wiring, weights and parameters are Keras's.

import '@tensorflow/tfjs-backend-cpu';
import { afterEach, expect, it, vi } from 'vitest';
import * as tf from '@tensorflow/tfjs-core';
import { describeBuilt, kerasModels } from '../testing/keras-models.js';
import { modelNames, zooModel } from './registry.js';

// Models that wait for weights start as zeros, which takes no time.
vi.mock('../weights/load-zoo-weights.js', () => ({ loadZooWeights: () => Promise.resolve() }));
const comesLater = new Blob();

afterEach(() => tf.disposeVariables());

it.each(kerasModels)('$title', async ({ model, options, built }) => {
  const made = await zooModel(model, { ...options, weights: comesLater });
  const { chunks, ...found } = describeBuilt(made);
  const wrong = built.hashes.findIndex((hash, i) => hash !== found.hashes[i]);
  expect(found, chunks[wrong]).toEqual(built);
});

it('holds every model', () => {
  expect([...new Set(kerasModels.map(({ model }) => model))].sort()).toEqual(modelNames);
});
