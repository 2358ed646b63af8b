import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import type { Predictor } from '@graftjs/inference';
import { predictInParts } from './predict-in-parts.js';

const SIDE = 224;

/** Adds up the numbers of each example, and remembers how many examples it was asked for. */
function summing(name: Predictor['engine']['name'], fail = Infinity) {
  const asked: number[] = [];
  async function predict(x: tf.Tensor | tf.Tensor[]): Promise<tf.Tensor> {
    const xs = x as tf.Tensor;
    asked.push(xs.shape[0] as number);
    if (asked.length === fail) throw new Error('no memory');
    return Promise.resolve(tf.tidy(() => tf.sum(tf.reshape(xs, [xs.shape[0] as number, -1]), 1)));
  }
  const predictor = { engine: { name }, predict, dispose: () => Promise.resolve() } as Predictor;
  return { predictor, asked };
}

/** Of 17 photos, each of which is 0 but for its number. */
function photos(dtype: 'float32' | 'int32'): tf.Tensor4D {
  const data = new Int32Array(17 * SIDE * SIDE * 3);
  for (let i = 0; i < 17; i++) data[i * SIDE * SIDE * 3] = i;
  return tf.tensor4d(
    dtype === 'int32' ? data : Float32Array.from(data),
    [17, SIDE, SIDE, 3],
    dtype,
  );
}

it.each(['float32', 'int32'] as const)(
  'gives ONNX Runtime few photos at a time, %s',
  async (dtype) => {
    const xs = photos(dtype);
    const { predictor, asked } = summing('onnxruntime');
    const before = tf.memory().numTensors;
    const features = await predictInParts(predictor, xs);
    expect(asked).toEqual([8, 8, 1]);
    expect([...features.dataSync()]).toEqual(Array.from({ length: 17 }, (_, i) => i));
    expect(tf.memory().numTensors).toBe(before + 1);
    tf.dispose([xs, features]);
  },
);

it('gives it small examples together, and other engines all of them', async () => {
  const xs = photos('float32');
  const rows = tf.zeros([1000, 1280]);
  const runtime = summing('onnxruntime');
  const other = summing('tfjs');
  tf.dispose([
    await predictInParts(runtime.predictor, rows),
    await predictInParts(other.predictor, xs),
  ]);
  expect([runtime.asked, other.asked]).toEqual([[940, 60], [17]]);
  tf.dispose([xs, rows]);
});

it('leaves nothing behind where a part fails', async () => {
  const xs = photos('float32');
  const { predictor } = summing('onnxruntime', 2);
  const before = tf.memory().numTensors;
  await expect(predictInParts(predictor, xs)).rejects.toThrow('no memory');
  expect(tf.memory().numTensors).toBe(before);
  xs.dispose();
});
