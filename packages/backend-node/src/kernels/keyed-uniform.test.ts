import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { KEYED_UNIFORM } from '@graftjs/core';
import { expectNoLeak, importTensorFlow } from '@graftjs/test-utils';
import { registerNodeBackend } from '../register.js';

describe.runIf(await importTensorFlow())('KeyedUniform', () => {
  beforeAll(async () => {
    registerNodeBackend();
    await tf.setBackend('tensorflow');
  });

  const draw = (key: [number, number], shape: number[]): tf.Tensor =>
    tf.engine().runKernel(KEYED_UNIFORM, { key: tf.tensor1d(key, 'int32') }, { shape });

  it('gives uniform numbers, and for one key always the same', () => {
    tf.tidy(() => {
      const numbers = draw([3, 1], [100, 100]);
      const values = Array.from(numbers.dataSync());
      expect(numbers.shape).toEqual([100, 100]);
      expect(Math.min(...values)).toBeGreaterThanOrEqual(0);
      expect(Math.max(...values)).toBeLessThan(1);
      const { mean, variance } = tf.moments(numbers);
      expect(mean).toBeCloseToTensor(0.5, 0.02);
      expect(variance).toBeCloseToTensor(1 / 12, 0.02);
      expect(Array.from(draw([3, 1], [100, 100]).dataSync())).toEqual(values);
      for (const key of [[3, 2] as const, [4, 1] as const]) {
        const others = draw([...key], [100, 100]).dataSync();
        expect(values.filter((value, i) => value === others[i]).length).toBeLessThan(5);
      }
    });
  });

  it('leaks nothing', async () => {
    await expectNoLeak(() => tf.tidy(() => void draw([1, 2], [])));
  });
});
