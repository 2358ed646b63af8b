// What Keras's numbers, in the layer matrix of keras-format, do not show.

import '@graftjs/test-utils';
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { layers } from '@tensorflow/tfjs-layers';
import { expect, it } from 'vitest';
import { expectNoLeak } from '@graftjs/test-utils';
import { bidirectional, type BidirectionalArgs } from './bidirectional.js';
import { gru } from './gru.js';
import { gruCell } from './gru-cell.js';
import { layerFromConfig } from './layer-from-config.js';
import { lstm } from './lstm.js';
import { lstmCell } from './lstm-cell.js';
import { registerLayers } from './register.js';
import { rnn } from './rnn.js';

const sequences = () => tf.randomNormal([2, 4, 3], 0, 1, 'float32', 5);

it('makes the layer that goes backwards itself, with weights of its own', () => {
  const cell = [lstmCell({ units: 2 }), gruCell({ units: 1, recurrentDropout: 0.5 })];
  const layer = bidirectional({ layer: rnn({ cell, name: 'both' }), name: 'b' });
  layer.apply(sequences());
  const { forwardLayer, backwardLayer } = layer;
  expect([forwardLayer.name, backwardLayer.name]).toEqual(['forward_both', 'backward_both']);
  expect([forwardLayer.goBackwards, backwardLayer.goBackwards]).toEqual([false, true]);
  expect(layer.weights).toHaveLength(12);
  expect(new Set(layer.weights.map(({ originalName }) => originalName)).size).toBe(12);
  expect(layer.weights[0]?.originalName).toMatch(/^b\/forward_both\/.+\/kernel$/);
});

it('freezes both layers', () => {
  const layer = bidirectional({ layer: lstm({ units: 2 }) });
  layer.apply(sequences());
  layer.trainable = false;
  const { forwardLayer, backwardLayer } = layer;
  expect([forwardLayer, backwardLayer].map(({ trainable }) => trainable)).toEqual([false, false]);
  expect([layer.trainableWeights.length, layer.nonTrainableWeights.length]).toEqual([0, 6]);
  expect(forwardLayer.cell.trainable).toBe(false);
});

it.each(['concat', 'sum', 'mul', 'ave', null] as const)(
  'is made again from its config, merging by %s, and leaks nothing',
  async (mergeMode) => {
    registerLayers();
    const inner = () => gru({ units: 2, returnSequences: true, returnState: true });
    const layer = bidirectional({ layer: inner(), mergeMode });
    const config = { className: layer.getClassName(), config: layer.getConfig() };
    const again = layerFromConfig(JSON.parse(JSON.stringify(config)));
    expect(again.getConfig()).toEqual(layer.getConfig());
    const x = sequences();
    layer.apply(x);
    await expectNoLeak(() => {
      tf.dispose(layer.apply(x) as tf.Tensor[]);
      const loss = () =>
        tf.addN((layer.apply(x, { training: true }) as tf.Tensor[]).map((y) => tf.sum(y)));
      tf.dispose(tf.variableGrads(loss as () => tf.Scalar));
    });
  },
);

it('says what is wrong', () => {
  const used = lstm({ units: 2 });
  used.apply(sequences());
  expect(() => bidirectional({ layer: used })).toThrow(
    'layer must be a recurrent layer of its own',
  );
  const dense = layers.dense({ units: 2 }) as unknown as BidirectionalArgs['layer'];
  expect(() => bidirectional({ layer: dense })).toThrow(
    'layer must be a recurrent layer of its own',
  );
  const mergeMode = 'max' as unknown as 'sum';
  expect(() => bidirectional({ layer: lstm({ units: 2 }), mergeMode })).toThrow(
    'mergeMode must be one of concat, sum, mul, ave, null. Received: "max"',
  );
  const [forward, another] = [lstm({ units: 2 }), lstm({ units: 2 })];
  expect(() => bidirectional({ layer: forward, backwardLayer: another })).toThrow(
    'backwardLayer must be one of two layers of which one goes backwards. Received: {"goBackwards":[false,false]}',
  );
  const whole = lstm({ units: 2, goBackwards: true, returnSequences: true });
  expect(() => bidirectional({ layer: lstm({ units: 2 }), backwardLayer: whole })).toThrow(
    'backwardLayer must be one with returnSequences false, returnState false. Received: "returnSequences true, returnState false"',
  );
});
