import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { expectNoLeak, importTensorFlow } from '@graftjs/test-utils';
import { nodeBackend } from '../node-backend.js';
import { registerNodeBackend } from '../register.js';

describe.runIf(await importTensorFlow())('the gradients of sum and mean', () => {
  beforeAll(registerNodeBackend);

  const x = () => tf.reshape(tf.range(0, 24), [2, 3, 4]);
  const cases: [axes: number | number[] | undefined, keepDims: boolean][] = [
    [undefined, false],
    [1, false],
    [[0, -1], false],
    [[1, 2], true],
    [[], false],
  ];

  describe.each(['tensorflow', 'cpu'])('on %s', (backend) => {
    beforeAll(() => tf.setBackend(backend));

    it.each(cases)('are those of the formula: over %j, keepDims %s', (axes, keepDims) => {
      tf.tidy(() => {
        const dy = tf.onesLike(tf.sum(x(), axes, keepDims));
        const weights = tf.mul(dy, tf.reshape(tf.range(1, dy.size + 1), dy.shape));
        const sum = tf.grad((x: tf.Tensor) => tf.sum(x, axes, keepDims))(x(), weights);
        const mean = tf.grad((x: tf.Tensor) => tf.mean(x, axes, keepDims))(x(), weights);
        const kept = tf.sum(x(), axes, true).shape;
        const expected = tf.mul(tf.reshape(weights, kept), tf.onesLike(x()));
        expect(sum).toBeCloseToTensor(expected);
        expect(mean).toBeCloseToTensor(tf.div(expected, 24 / dy.size));
      });
    });

    it('are those of a scalar, and of nothing', () => {
      tf.tidy(() => {
        const sum = tf.grad((x: tf.Tensor) => tf.sum(x));
        expect(sum(tf.scalar(3), tf.scalar(2))).toBeCloseToTensor(tf.scalar(2));
        expect(sum(tf.zeros([0, 2]), tf.scalar(2)).shape).toEqual([0, 2]);
      });
    });

    it('leak nothing', async () => {
      const [values, dy] = [x(), tf.ones([2, 4])];
      const gradient = tf.grad((x: tf.Tensor) => tf.mean(x, 1));
      await expectNoLeak(() => gradient(values, dy).dispose());
    });
  });

  it('make nothing on the host that is as large as the input', async () => {
    await tf.setBackend('tensorflow');
    const backend = nodeBackend();
    const [values, dy] = [x(), tf.ones([2, 4])];
    backend.getInputTensorIds([values, dy]);
    const created = vi.spyOn(backend, 'write');
    const gradient = tf.grad((x: tf.Tensor) => tf.mean(x, 1))(values, dy);
    const sizes = created.mock.calls.map(([, shape]) => tf.util.sizeFromShape(shape));
    created.mockRestore();
    expect(Math.max(...sizes)).toBeLessThan(4);
    tf.dispose([values, dy, gradient]);
  });
});
