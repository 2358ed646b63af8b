import '@graftjs/test-utils';
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-layers'; // registers gradients
import { describe, expect, it } from 'vitest';
import { type Axes, contract } from './contract.js';

const numbers = (count: number) => Array.from({ length: count }, (_, i) => Math.sin(i));

describe('contract', () => {
  it.each<[string, Axes, number[], number[]]>([
    ['a product of matrices', { a: 'ab', b: 'bc', result: 'ac' }, [2, 3], [3, 4]],
    ['the other order', { a: 'ab', b: 'bc', result: 'ca' }, [2, 3], [3, 4]],
    ['scores of heads', { a: 'bthd', b: 'bshd', result: 'bhts' }, [2, 3, 2, 4], [2, 5, 2, 4]],
    ['products by element', { a: 'ab', b: 'ab', result: 'ab' }, [2, 3], [2, 3]],
    [
      'what only one has and the result has not',
      { a: 'abx', b: 'bcy', result: 'ac' },
      [2, 3, 2],
      [3, 2, 2],
    ],
    ['everything to one number', { a: 'ab', b: 'ba', result: '' }, [2, 3], [3, 2]],
  ])('sums as tf.einsum: %s', (_, axes, shapeA, shapeB) => {
    const a = tf.tensor(numbers(tf.util.sizeFromShape(shapeA)), shapeA);
    const b = tf.tensor(numbers(tf.util.sizeFromShape(shapeB)), shapeB);
    const expected = tf.einsum(`${axes.a},${axes.b}->${axes.result}`, a, b);
    expect(contract(axes, a, b)).toBeCloseToTensor(expected, 1e-6);
  });

  it('has gradients', () => {
    const a = tf.tensor2d(numbers(6), [2, 3]);
    const b = tf.tensor2d(numbers(12), [3, 4]);
    const axes = { a: 'ab', b: 'bc', result: 'ca' };
    const [da, db] = tf.grads((x, y) => contract(axes, x as tf.Tensor, y as tf.Tensor))([a, b]);
    expect(da).toBeCloseToTensor(tf.matMul(tf.ones([2, 4]), b, false, true), 1e-6);
    expect(db).toBeCloseToTensor(tf.matMul(a, tf.ones([2, 4]), true), 1e-6);
  });
});
