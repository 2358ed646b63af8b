// What Keras's numbers, in the layer matrix of keras-format, do not show.

import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import type { layers } from '@tensorflow/tfjs-layers';
import { describe, expect, it } from 'vitest';
import { expectNoLeak } from '@graftjs/test-utils';
import { conv1d, type Conv1DArgs, conv2d, type Conv2DArgs } from './conv.js';
import { depthwiseConv1d, depthwiseConv2d } from './depthwise-conv.js';
import { separableConv1d, separableConv2d } from './separable-conv.js';

const sequence = () => tf.randomNormal([2, 9, 4], 0, 1, 'float32', 1);
const images = () => tf.randomNormal([2, 9, 8, 4], 0, 1, 'float32', 1);
const settings = { padding: 'same', activation: 'tanh', biasInitializer: 'ones' } as const;

/** One of each, with settings that are not the default. */
const made: Record<string, () => layers.Layer> = {
  conv1d: () => conv1d({ ...settings, padding: 'causal', filters: 6, kernelSize: 3, groups: 2 }),
  conv2d: () => conv2d({ ...settings, filters: 6, kernelSize: [3, 2], dilationRate: 2 }),
  depthwiseConv1d: () => depthwiseConv1d({ ...settings, kernelSize: 2, strides: 2 }),
  depthwiseConv2d: () => depthwiseConv2d({ ...settings, kernelSize: 2, depthMultiplier: 3 }),
  separableConv1d: () => separableConv1d({ kernelSize: 2, filters: 5, useBias: false }),
  separableConv2d: () =>
    separableConv2d({ ...settings, kernelSize: 2, filters: 5, pointwiseRegularizer: 'l1l2' }),
};

describe.each(Object.entries(made))('%s', (name, make) => {
  const x = () => (name.endsWith('1d') ? sequence() : images());

  it('is made again from its config, and knows the shape of its output', () => {
    const layer = make();
    const config = JSON.parse(JSON.stringify(layer.getConfig())) as tf.serialization.ConfigDict;
    const again = new (layer.constructor as new (args: object) => layers.Layer)(config);
    expect(again.getConfig()).toEqual(layer.getConfig());
    const y = layer.apply(x()) as tf.Tensor;
    expect(layer.computeOutputShape([null, ...x().shape.slice(1)])).toEqual([
      null,
      ...y.shape.slice(1),
    ]);
    again.apply(x());
    again.setWeights(layer.getWeights());
    expect(again.apply(x())).toBeCloseToTensor(y, 0);
  });

  it('leaks nothing', async () => {
    const [input, layer] = [x(), make()];
    layer.apply(input);
    await expectNoLeak(() => {
      tf.dispose(
        tf.variableGrads(() => tf.sum(layer.apply(input) as tf.Tensor) as unknown as tf.Scalar),
      );
    });
  });
});

describe('conv2d', () => {
  it('takes the channels first', () => {
    const [last, first] = (['channelsLast', 'channelsFirst'] as const).map((dataFormat) =>
      conv2d({ filters: 3, kernelSize: 3, strides: [2, 1], dataFormat }),
    ) as layers.Layer[] as [layers.Layer, layers.Layer];
    const y = last.apply(images()) as tf.Tensor;
    const moved = tf.transpose(images(), [0, 3, 1, 2]);
    first.apply(moved);
    first.setWeights(last.getWeights());
    const expected = tf.transpose(y, [0, 3, 1, 2]);
    expect(first.apply(moved)).toBeCloseToTensor(expected);
    expect(first.computeOutputShape([null, 4, 9, 8])).toEqual([null, ...expected.shape.slice(1)]);
    expect(last.computeOutputShape([null, null, 8, 4])).toEqual([null, null, 6, 3]);
  });

  it.each<[Partial<Conv2DArgs>, string]>([
    [{ kernelSize: 0 }, 'kernelSize must be a positive integer, or 2 of them. Received: 0'],
    [
      { kernelSize: [1, 2, 3] },
      'kernelSize must be a positive integer, or 2 of them. Received: [1,2,3]',
    ],
    [{ filters: 1.5 }, 'filters must be a positive integer. Received: 1.5'],
    [{ filters: 4, groups: 3 }, 'groups must be a divisor of the 4 filters. Received: 3'],
    [{ filters: 3, groups: 3 }, 'groups must be a divisor of the 4 input channels. Received: 3'],
    [{ strides: 2, dilationRate: 2 }, 'dilationRate must be 1 where strides are not. Received: 2'],
    [{ padding: 'causal' as 'same' }, 'padding must be one of valid, same. Received: "causal"'],
  ])('says what is wrong: %j', (args, message) => {
    const build = () => conv2d({ filters: 2, kernelSize: 2, ...args }).apply(images());
    expect(build).toThrow(message);
  });

  it('says what is wrong with an input', () => {
    const args: Conv1DArgs = { filters: 2, kernelSize: 2 };
    expect(() => conv1d(args).apply(images())).toThrow(
      'inputShape must be 3 lengths, with known channels. Received: [2,9,8,4]',
    );
  });
});
