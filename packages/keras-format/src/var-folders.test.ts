// The folders of weights are those that Keras 3 would make.

import { expect, it } from 'vitest';
import { findPlaces } from './var-folders.js';

const layer = (class_name: string, name: string, layers?: object[]) => ({
  class_name,
  config: { name, ...(layers && { layers }) },
});

it('counts the layers of each model by class', () => {
  const inner = layer('Functional', 'inner', [layer('Dense', 'a'), layer('LSTM', 'b')]);
  const model = layer('Sequential', 'model', [
    layer('Dense', 'x'),
    inner,
    layer('BatchNormalization', 'y'),
    layer('My>Dense', 'z'),
    layer('Functional', 'other', []),
  ]);
  const { layers, containers } = findPlaces(model, 'x.keras');
  expect(layers).toEqual([
    { folder: 'layers/dense', path: ['x'], parts: [''] },
    { folder: 'layers/functional/layers/dense', path: ['inner', 'a'], parts: [''] },
    { folder: 'layers/functional/layers/lstm', path: ['inner', 'b'], parts: ['cell'] },
    { folder: 'layers/batch_normalization', path: ['y'], parts: [''] },
    { folder: 'layers/dense_1', path: ['z'], parts: [''] },
  ]);
  expect(containers.map(({ folder, children }) => [folder, ...children])).toEqual([
    ['layers/functional/layers', 'dense', 'lstm'],
    ['layers/functional_1/layers'],
    ['layers', 'dense', 'dense_1', 'functional', 'functional_1', 'batch_normalization'],
  ]);
});

it.each([
  ['no model', 3, 'x.keras holds a model without layers, or one nested too deep'],
  [
    'a layer without config',
    layer('Sequential', 'm', [{ class_name: 'Dense' }]),
    'x.keras holds a layer without class_name and config',
  ],
])('refuses %s', (_, topology, message) => {
  expect(() => findPlaces(topology, 'x.keras')).toThrow(message);
});
