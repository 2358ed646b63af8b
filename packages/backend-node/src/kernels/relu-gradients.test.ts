import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { expectNoLeak, importTensorFlow } from '@graftjs/test-utils';
import { registerNodeBackend } from '../register.js';

const { SELU_SCALE, SELU_SCALEALPHA } = tf.backend_util;

describe.runIf(await importTensorFlow())('gradients of the relu family', () => {
  beforeAll(registerNodeBackend);

  const activations: [string, (x: tf.Tensor) => tf.Tensor, number[]][] = [
    ['Relu', tf.relu, [0, 0, 3, 4, 5, 6, 7]],
    ['Relu6', tf.relu6, [0, 0, 3, 4, 0, 0, 0]],
    [
      'Selu',
      tf.selu,
      [1 * SELU_SCALEALPHA * Math.exp(-1), ...[2, 3, 4, 5, 6, 7].map((v) => v * SELU_SCALE)],
    ],
  ];

  describe.each(['tensorflow', 'cpu'])('on %s', (backend) => {
    // As TensorFlow has them where they jump: at 0, and relu6 at 6.
    it.each(activations)('%s', async (_, activate, expected) => {
      await tf.setBackend(backend);
      const x = tf.tensor1d([-1, 0, 0.5, 5.9, 6, 6.1, 100]);
      const dy = tf.tensor1d([1, 2, 3, 4, 5, 6, 7]);
      const gradient = tf.grad(activate);
      expect(gradient(x, dy)).toBeCloseToTensor(expected);
      await expectNoLeak(() => gradient(x, dy).dispose());
    });
  });

  it.each(activations)('%s is one op back on TensorFlow', async (name, activate) => {
    await tf.setBackend('tensorflow');
    const { kernelNames } = await tf.profile(() => tf.grad(activate)(tf.tensor1d([1, 7])));
    expect(kernelNames).toContain(`${name}Grad`);
    for (const composed of ['Step', 'Exp', 'SelectV2']) expect(kernelNames).not.toContain(composed);
  });
});
