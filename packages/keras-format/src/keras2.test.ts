// Keras 2's topologies as Keras 3 would write them, where the fixtures of tf_keras do not reach.

import { expect, it } from 'vitest';
import { upgradeTopology } from './keras2.js';

const upgrade = (topology: unknown) => upgradeTopology(topology, 'x.h5');
const layer = (class_name: string, config: object) => ({ class_name, config });
const settings = (class_name: string, config: object) =>
  (upgrade(layer(class_name, { name: 'a', ...config })) as { config: object }).config;

it('gives an old Sequential its input', () => {
  const dense = { name: 'a', batch_input_shape: [null, 3], dtype: 'float32', units: 2 };
  expect(upgrade(layer('Sequential', [layer('Dense', dense)]))).toEqual(
    layer('Sequential', {
      layers: [
        layer('InputLayer', { batch_shape: [null, 3], dtype: 'float32', name: 'a_input' }),
        layer('Dense', { name: 'a', dtype: 'float32', units: 2 }),
      ],
    }),
  );
});

it('calls a Model Functional, and counts the calls of models within from 0', () => {
  const call = (...keys: unknown[]) => [keys];
  const model = layer('Model', {
    name: 'm',
    layers: [
      { ...layer('InputLayer', { batch_input_shape: [null, 3] }), name: 'x', inbound_nodes: [] },
      { ...layer('Model', { layers: [] }), name: 'f', inbound_nodes: call(['x', 0, 0, {}]) },
      { ...layer('Sequential', []), name: 's', inbound_nodes: call(['f', 1, 0, {}]) },
      { ...layer('Add', {}), name: 'sum', inbound_nodes: call(['s', 1, 0, {}], ['x', 0, 0, {}]) },
    ],
    input_layers: ['x', 0, 0],
    output_layers: [
      ['f', 1, 0],
      ['s', 1, 0],
    ],
  });
  const { class_name, config } = upgrade(model) as {
    class_name: string;
    config: { layers: { class_name: string; inbound_nodes: unknown }[]; output_layers: unknown };
  };
  expect(class_name).toBe('Functional');
  expect(config.layers.map((each) => each.class_name)).toEqual([
    'InputLayer',
    'Functional',
    'Sequential',
    'Add',
  ]);
  const tensor = (...keras_history: unknown[]) => ({
    class_name: '__keras_tensor__',
    config: { keras_history },
  });
  expect(config.layers.map((each) => each.inbound_nodes)).toEqual([
    [],
    [{ args: [tensor('x', 0, 0)], kwargs: {} }],
    [{ args: [tensor('f', 0, 0)], kwargs: {} }],
    [{ args: [[tensor('s', 0, 0), tensor('x', 0, 0)]], kwargs: {} }],
  ]);
  // Keras 3 still counts a Functional model from 1 here.
  expect(config.output_layers).toEqual([
    ['f', 1, 0],
    ['s', 0, 0],
  ]);
});

it.each([
  ['LeakyReLU', { alpha: 0.1 }, { negative_slope: 0.1 }],
  ['ELU', { alpha: 0.1 }, { alpha: 0.1 }],
  ['BatchNormalization', { axis: [3] }, { axis: 3 }],
  ['Activation', { activation: 'swish' }, { activation: 'silu' }],
  ['GRU', { implementation: 2 }, {}],
  ['Embedding', { input_length: 5 }, {}],
  ['Conv3DTranspose', { groups: 1 }, {}],
  [
    'DepthwiseConv2D',
    { kernel_size: [3, 3], groups: 1, kernel_constraint: 1 },
    { kernel_size: [3, 3] },
  ],
  ['Conv2D', { kernel_constraint: null }, { kernel_constraint: null }],
  [
    'Dense',
    { kernel_initializer: layer('VarianceScaling', { distribution: 'normal', dtype: 'float32' }) },
    { kernel_initializer: layer('VarianceScaling', { distribution: 'truncated_normal' }) },
  ],
])('renames the settings of %s', (className, config, expected) => {
  expect(settings(className, config)).toEqual({ name: 'a', ...expected });
});

it('upgrades layers that stand in layers', () => {
  const inner = layer('LeakyReLU', { name: 'b', alpha: 0.1 });
  expect(settings('TimeDistributed', { layer: inner })).toMatchObject({
    layer: { config: { negative_slope: 0.1 } },
  });
});

it('leaves what is malformed, and refuses endless nesting', () => {
  for (const value of [null, 'x', [], layer('Dense', [1]), { class_name: 'Add', config: null }]) {
    expect(upgrade(value)).toEqual(value);
  }
  let deep: unknown = layer('Sequential', { layers: [] });
  for (let i = 0; i < 30; i++) deep = layer('Sequential', { layers: [deep] });
  expect(() => upgrade(deep)).toThrow('x.h5 nests models more than 20 deep');
});

it('gives a Bidirectional the layer that goes backwards', () => {
  const gru = layer('GRU', { name: 'gru', units: 2, implementation: 2 });
  expect(settings('Bidirectional', { layer: gru, merge_mode: 'sum' })).toEqual({
    name: 'a',
    merge_mode: 'sum',
    layer: layer('GRU', { name: 'forward_gru', units: 2 }),
    backward_layer: layer('GRU', { name: 'backward_gru', units: 2, go_backwards: true }),
  });
  const given = { layer: gru, backward_layer: gru };
  const plain = layer('GRU', { name: 'gru', units: 2 });
  expect(settings('Bidirectional', given)).toMatchObject({ layer: plain, backward_layer: plain });
  expect(settings('Bidirectional', { layer: 3 })).toEqual({ name: 'a', layer: 3 });
});

it('goes into the cells of an RNN', () => {
  const old = layer('GRUCell', { units: 2, implementation: 1, activation: 'swish' });
  const now = layer('GRUCell', { units: 2, activation: 'silu' });
  expect(settings('RNN', { cell: old })).toMatchObject({ cell: now });
  expect(settings('StackedRNNCells', { cells: [old, old] })).toMatchObject({ cells: [now, now] });
});
