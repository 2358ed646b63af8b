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
    {
      folder: 'layers/functional/layers/lstm/cell',
      path: ['inner', 'b', 'lstm_cell'],
      parts: [''],
    },
    { folder: 'layers/batch_normalization', path: ['y'], parts: [''] },
    { folder: 'layers/dense_1', path: ['z'], parts: [''] },
  ]);
  expect(containers.map(({ folder, children }) => [folder, ...children])).toEqual([
    ['layers/functional/layers/lstm', 'vars', 'cell'],
    ['layers/functional/layers', 'dense', 'lstm'],
    ['layers/functional_1/layers'],
    ['layers', 'dense', 'functional', 'batch_normalization', 'dense_1', 'functional_1'],
  ]);
});

it('finds the layers that a layer is made of', () => {
  const made = (class_name: string, name: string, inner: object) => ({
    class_name,
    config: { name, ...inner },
  });
  const cells = ['a', 'b', 'c'].map((name, i) => layer(i === 1 ? 'LSTMCell' : 'GRUCell', name));
  const stack = made('StackedRNNCells', 'stack', { cells });
  const both = made('Bidirectional', 'both', {
    layer: layer('GRU', 'forward_gru'),
    backward_layer: made('RNN', 'backward_gru', { cell: layer('GRUCell', 'd') }),
  });
  const model = layer('Sequential', 'model', [
    made('RNN', 'rnn', { cell: stack }),
    made('TimeDistributed', 'steps', { layer: both }),
    made('TimeDistributed', 'more', { layer: layer('Functional', 'f', [layer('Dense', 'e')]) }),
  ]);
  const { layers, empty } = findPlaces(model, 'x.keras');
  expect(layers.map(({ folder, path }) => [folder, path.join('/')])).toEqual([
    ['layers/rnn/cell/cells/gru_cell', 'rnn/stack/a'],
    ['layers/rnn/cell/cells/lstm_cell', 'rnn/stack/b'],
    ['layers/rnn/cell/cells/gru_cell_1', 'rnn/stack/c'],
    ['layers/time_distributed/layer/forward_layer/cell', 'steps/both/forward_gru/gru_cell'],
    ['layers/time_distributed/layer/backward_layer/cell', 'steps/both/backward_gru/d'],
    ['layers/time_distributed_1/layer/layers/dense', 'more/f/e'],
  ]);
  expect([...empty].sort()).toEqual([
    'layers/rnn/cell/vars',
    'layers/rnn/vars',
    'layers/time_distributed/layer/backward_layer/vars',
    'layers/time_distributed/layer/forward_layer/vars',
    'layers/time_distributed/layer/vars',
    'layers/time_distributed/vars',
    'layers/time_distributed_1/layer/vars',
    'layers/time_distributed_1/vars',
    'vars',
  ]);
});

it('refuses layers within layers without end', () => {
  let inner: object = layer('Dense', 'a');
  for (let i = 0; i < 30; i++) inner = { class_name: 'TimeDistributed', config: { layer: inner } };
  expect(() => findPlaces(layer('Sequential', 'm', [inner]), 'x.keras')).toThrow(
    'x.keras holds layers nested more than 20 deep',
  );
});

it.each([
  [
    'a wrapper without its layer',
    layer('Sequential', 'm', [layer('TimeDistributed', 'a')]),
    'x.keras holds a layer without class_name and config',
  ],
  ['no model', 3, 'x.keras holds a model without layers, or one nested too deep'],
  [
    'a layer without config',
    layer('Sequential', 'm', [{ class_name: 'Dense' }]),
    'x.keras holds a layer without class_name and config',
  ],
])('refuses %s', (_, topology, message) => {
  expect(() => findPlaces(topology, 'x.keras')).toThrow(message);
});
