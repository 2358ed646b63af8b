// What Keras's numbers, in the layer matrix of keras-format, do not show.

import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { layers, sequential } from '@tensorflow/tfjs-layers';
import { describe, expect, it } from 'vitest';
import { expectNoLeak } from '@graftjs/test-utils';
import { batchNormalization, GraftBatchNormalization } from './batch-normalization.js';

const numbers = (tensors: tf.Tensor[]) => tensors.map((each) => Array.from(each.dataSync()));
const photos = () => tf.randomNormal([4, 5, 3, 2], 1, 2, 'float32', 3);

function built(args: Parameters<typeof batchNormalization>[0] = {}) {
  const layer = batchNormalization(args);
  layer.apply(photos());
  return layer;
}

describe('BatchNormalization', () => {
  it('trains by the statistics of the batch, as tfjs-layers does where that can', () => {
    const x = photos();
    const factor = tf.randomNormal(x.shape, 0, 1, 'float32', 4);
    const [ours, stock] = [built(), layers.batchNormalization()].map((layer) => {
      const loss = (x: tf.Tensor) =>
        tf.sum(tf.mul(layer.apply(x, { training: true }) as tf.Tensor, factor)) as tf.Scalar;
      const gradient = tf.grad(loss)(x);
      return [gradient, layer.apply(x, { training: true }) as tf.Tensor, ...layer.getWeights()];
    }) as [tf.Tensor[], tf.Tensor[]];
    for (const [i, tensor] of ours.entries()) {
      expect(tensor).toBeCloseToTensor(stock[i] as tf.Tensor, 1e-5);
    }
  });

  it('keeps the biased variance', () => {
    const layer = batchNormalization({ momentum: 0 });
    layer.apply(tf.tensor2d([[1], [3]]), { training: true });
    expect(numbers(layer.getWeights().slice(2))).toEqual([[2], [1]]);
  });

  it('is in inference mode while it is frozen', () => {
    const layer = built();
    layer.trainable = false;
    const before = numbers(layer.getWeights());
    const x = photos();
    const trained = layer.apply(x, { training: true }) as tf.Tensor;
    expect(trained).toBeCloseToTensor(layer.apply(x) as tf.Tensor, 0);
    expect(numbers(layer.getWeights())).toEqual(before);
  });

  it('has the weights that scale and center leave', () => {
    const names = (args: object) =>
      built(args).weights.map(({ originalName }) => originalName.split('/').pop());
    expect(names({ scale: false })).toEqual(['beta', 'moving_mean', 'moving_variance']);
    expect(names({ center: false })).toEqual(['gamma', 'moving_mean', 'moving_variance']);
  });

  it('normalizes the same along any axis', () => {
    const x = photos();
    const along = (axis: number, order: number[]) => {
      const layer = batchNormalization({ axis });
      const moved = layer.apply(tf.transpose(x, order), { training: true }) as tf.Tensor;
      return tf.transpose(
        moved,
        order.map((_, i) => order.indexOf(i)),
      );
    };
    const expected = along(-1, [0, 1, 2, 3]);
    expect(along(1, [0, 3, 1, 2])).toBeCloseToTensor(expected, 1e-5);
    expect(along(2, [0, 1, 3, 2])).toBeCloseToTensor(expected, 1e-5);
  });

  it('takes five dimensions', () => {
    const layer = batchNormalization({ axis: -1 });
    const x = photos();
    const volumes = layer.apply(tf.reshape(x, [4, 5, 1, 3, 2]), { training: true }) as tf.Tensor;
    const images = batchNormalization().apply(x, { training: true }) as tf.Tensor;
    expect(tf.reshape(volumes, x.shape)).toBeCloseToTensor(images, 1e-5);
  });

  it('is made again from its config', () => {
    const layer = batchNormalization({
      ...{ axis: 1, momentum: 0.5, epsilon: 0.1, center: false, name: 'bn', trainable: false },
      ...{ gammaInitializer: 'heNormal', gammaConstraint: 'nonNeg', gammaRegularizer: 'l1l2' },
    });
    const config = layer.getConfig();
    const again = new GraftBatchNormalization(JSON.parse(JSON.stringify(config)) as typeof config);
    expect(again.getConfig()).toEqual(config);
  });

  it('says what is wrong', () => {
    expect(() => batchNormalization({ axis: 4 }).apply(photos())).toThrow(
      'axis must be an axis of an input of rank 4, and not the batch. Received: 4',
    );
    expect(() => batchNormalization({ axis: 0 }).apply(photos())).toThrow(/^axis must be/);
    const model = sequential();
    expect(() => model.add(batchNormalization({ inputShape: [null, null] }))).toThrow(
      'inputShape must be known along axis -1. Received: [null,null,null]',
    );
    const masked = { training: true, mask: tf.ones([4]) };
    expect(() => built({ name: 'bn' }).apply(photos(), masked)).toThrow(
      'layer "bn" (GraftBatchNormalization) cannot train with a mask',
    );
  });

  it('leaks nothing', async () => {
    const [x, layer] = [photos(), built()];
    await expectNoLeak(() => {
      const loss = () => tf.sum(layer.apply(x, { training: true }) as tf.Tensor) as tf.Scalar;
      tf.dispose(tf.variableGrads(loss));
      tf.dispose(layer.apply(x) as tf.Tensor);
    });
  });
});
