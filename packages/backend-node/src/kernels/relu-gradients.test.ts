import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { expectNoLeak, importTensorFlow } from '@graftjs/test-utils';
import { registerNodeBackend } from '../register.js';

describe.runIf(await importTensorFlow())('the gradient of relu6', () => {
  beforeAll(registerNodeBackend);

  it.each(['tensorflow', 'cpu'])(
    'passes where the value is between 0 and 6: %s',
    async (backend) => {
      await tf.setBackend(backend);
      const x = tf.tensor2d([
        [-1, 0, 0.5],
        [5.9, 6.1, 100],
      ]);
      const dy = tf.tensor2d([
        [1, 2, 3],
        [4, 5, 6],
      ]);
      const gradient = tf.grad((x: tf.Tensor) => tf.relu6(x));
      expect(gradient(x, dy)).toBeCloseToTensor([
        [0, 0, 3],
        [4, 0, 0],
      ]);
      await expectNoLeak(() => gradient(x, dy).dispose());
    },
  );

  it('is one op on TensorFlow', async () => {
    await tf.setBackend('tensorflow');
    const { kernelNames } = await tf.profile(() =>
      tf.grad((x: tf.Tensor) => tf.relu6(x))(tf.tensor1d([1, 7])),
    );
    expect(kernelNames).toContain('Relu6Grad');
    expect(kernelNames).not.toContain('Step');
  });
});
