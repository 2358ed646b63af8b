import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-layers'; // registers the gradients
import { describe, expect, it } from 'vitest';
import { freeWhileGoingBack } from './lean-backward.js';

/** Ops that hand gradients on, split and join them, and take the same input twice. */
function loss(w: tf.Tensor): tf.Scalar {
  const squared = tf.square(tf.add(w, w));
  const [left, right] = tf.split(squared, 2) as [tf.Tensor, tf.Tensor];
  const joined = tf.concat([tf.addN([left, right, left]), tf.relu(right)]);
  const again = tf.customGrad((x) => ({
    value: tf.mul(x as tf.Tensor, 2),
    gradFunc: (dy: tf.Tensor) => dy,
  }))(joined);
  return tf.sum(tf.sub(tf.reshape(again, [-1]), tf.clone(joined)));
}

describe('freeWhileGoingBack', () => {
  it('changes no gradient, and leaves nothing', () => {
    const w = tf.variable(tf.tensor1d([1, -2, 3, 4]));
    const { numTensors } = tf.memory();
    const gradient = (before: () => void) => {
      const { value, grads } = tf.variableGrads(() => {
        const value = loss(w);
        before();
        return value;
      }, [w]);
      const values = Array.from((grads[w.name] as tf.Tensor).dataSync());
      tf.dispose([value, grads]);
      return values;
    };
    expect(gradient(freeWhileGoingBack)).toEqual(gradient(() => undefined));
    expect(tf.memory().numTensors).toBe(numTensors);
  });

  it('holds two gradients at a time, and not all', () => {
    const w = tf.variable(tf.ones([1000]));
    const most = (before: () => void) => {
      let bytes = 0;
      const watched = tf.customGrad((x) => ({
        value: tf.clone(x as tf.Tensor),
        gradFunc(dy: tf.Tensor) {
          bytes = Math.max(bytes, tf.memory().numBytes);
          return tf.mul(dy, 2);
        },
      }));
      const { numBytes } = tf.memory();
      tf.tidy(() =>
        tf.variableGrads(() => {
          let x: tf.Tensor = w;
          for (let i = 0; i < 20; i++) x = watched(x);
          const value = tf.sum(x) as tf.Scalar;
          before();
          return value;
        }, [w]),
      );
      return bytes - numBytes;
    };
    expect(most(() => undefined)).toBeGreaterThan(18 * 4000);
    expect(most(freeWhileGoingBack)).toBeLessThan(4 * 4000);
  });
});
