import '@tensorflow/tfjs-backend-cpu';
// Registers the gradients.
import '@tensorflow/tfjs-layers';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { expectNoLeak, importTensorFlow } from '@graftjs/test-utils';
import { registerNodeBackend } from '../register.js';

describe.runIf(await importTensorFlow())('GatherV2', () => {
  beforeAll(registerNodeBackend);

  const x = () => tf.reshape(tf.range(0, 24), [2, 3, 4]);

  it.each([
    ['rows', [1, 0, 1], 0, 0],
    ['of the middle axis', [2, 2], 1, 0],
    ['of the last axis', [3, 0], -1, 0],
    ['of each example', [[1], [2]], 1, 1],
  ] as const)('gives what the cpu backend gives, with its gradient: %s', async (...row) => {
    const [, indices, axis, batchDims] = row;
    const both = () =>
      tf.tidy(() => {
        const index = tf.tensor(indices as unknown as tf.TensorLike, undefined, 'int32');
        const gather = (x: tf.Tensor) => tf.gather(x, index, axis, batchDims);
        const gradient = tf.grad((x: tf.Tensor) => tf.sum(tf.square(gather(x))))(x());
        return [gather(x()).arraySync(), gradient.arraySync()];
      });
    await tf.setBackend('cpu');
    const expected = both();
    await tf.setBackend('tensorflow');
    expect(both()).toEqual(expected);
  });

  it('refuses an index out of bounds, and leaks nothing', async () => {
    await tf.setBackend('tensorflow');
    const [from, index] = [x(), tf.tensor1d([2], 'int32')];
    await expectNoLeak(() => {
      expect(() => tf.gather(from, index)).toThrow('indices[0] = 2 is not in [0, 2)');
    });
    await expectNoLeak(() => tf.gather(from, index, 1).dispose());
  });
});
