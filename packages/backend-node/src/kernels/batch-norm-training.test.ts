import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { expectNoLeak, importTensorFlow } from '@graftjs/test-utils';
import { registerNodeBackend } from '../register.js';

const run = (name: string, inputs: Record<string, tf.Tensor>): tf.Tensor[] =>
  tf.engine().runKernel(name, inputs, { epsilon: 0.01 });

/** Forward, then back from `dy`. */
function normalize(x: tf.Tensor, gamma: tf.Tensor, beta: tf.Tensor, dy: tf.Tensor) {
  const [y, mean, variance, ...reserved] = run('BatchNormTraining', { x, gamma, beta });
  const named = Object.fromEntries(reserved.map((tensor, i) => [`reserved${i}`, tensor]));
  const gradients = run('BatchNormTrainingGrad', { dy, x, gamma, ...named });
  return { forward: [y, mean, variance] as tf.Tensor[], gradients };
}

/** The same by ops that have gradients of their own. */
function expected(x: tf.Tensor, gamma: tf.Tensor, beta: tf.Tensor, dy: tf.Tensor) {
  const { mean, variance } = tf.moments(x, [0, 1, 2]);
  const y = (x: tf.Tensor, gamma: tf.Tensor, beta: tf.Tensor) => {
    const centered = tf.sub(x, tf.mean(x, [0, 1, 2]));
    const deviation = tf.sqrt(tf.add(tf.mean(tf.square(centered), [0, 1, 2]), 0.01));
    return tf.add(tf.mul(gamma, tf.div(centered, deviation)), beta);
  };
  const gradients = tf.grads(y as (...args: tf.Tensor[]) => tf.Tensor)([x, gamma, beta], dy);
  return { forward: [y(x, gamma, beta), mean, variance], gradients };
}

describe.runIf(await importTensorFlow())('BatchNormTraining', () => {
  beforeAll(async () => {
    registerNodeBackend();
    await tf.setBackend('tensorflow');
  });

  const values = (shape: number[], seed: number) => tf.randomNormal(shape, 0.5, 2, 'float32', seed);
  const tensors = (shape: number[]) => {
    const channels = [shape.at(-1) as number];
    return [values(shape, 1), values(channels, 2), values(channels, 3), values(shape, 4)] as const;
  };

  it.each([[[4, 5, 6, 3]], [[2, 1, 1, 5]], [[1, 1, 1, 2]]])(
    'gives the result, the biased variance and the gradients of the formula: %j',
    (shape) => {
      tf.tidy(() => {
        const actual = normalize(...tensors(shape));
        const wanted = expected(...tensors(shape));
        for (const kind of ['forward', 'gradients'] as const) {
          expect(actual[kind]).toHaveLength(3);
          for (const [i, tensor] of wanted[kind].entries()) {
            expect(actual[kind][i]).toBeCloseToTensor(tensor, 2e-5);
          }
        }
      });
    },
  );

  it('leaks nothing', async () => {
    const args = tensors([2, 3, 3, 2]);
    const [x, gamma, beta, dy] = args;
    await expectNoLeak(() => {
      const outputs = run('BatchNormTraining', { x, gamma, beta });
      const named = Object.fromEntries(outputs.slice(3).map((each, i) => [`reserved${i}`, each]));
      tf.dispose([run('BatchNormTrainingGrad', { dy, x, gamma, ...named }), outputs]);
    });
  });
});
