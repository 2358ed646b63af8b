// What a predictor takes, gives and says; what it computes is tested in integration/src/inference.

import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { input, layers, model, sequential, type LayersModel } from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import { expectNoLeak, toBeCloseToTensor } from '@graftjs/test-utils';
import { compileForInference, type InferenceOptions } from './compile-for-inference.js';

expect.extend({ toBeCloseToTensor });

const engines = ['onnxruntime', 'tfjs', 'layers'] as const;

function small(): LayersModel {
  return sequential({
    layers: [
      layers.dense({ units: 4, activation: 'relu', inputShape: [3] }),
      layers.dropout({ rate: 0.5 }),
      layers.dense({ units: 2, activation: 'softmax' }),
    ],
  });
}

/** One that nobody knows. */
class Doubling extends layers.Layer {
  static readonly className = 'Doubling';
  override call(x: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.mul(2, Array.isArray(x) ? (x[0] as tf.Tensor) : x);
  }
}

const unknown = () =>
  sequential({ layers: [new Doubling({ inputShape: [3], name: 'reader' } as object)] });

function disposed(): tf.Tensor {
  const x = tf.ones([2, 3]);
  x.dispose();
  return x;
}

beforeAll(() => tf.setBackend('cpu'));

describe.each(engines)('by %s', (engine) => {
  it('gives what the model gives, of batches of any size, and leaves nothing', async () => {
    const it = small();
    const x = tf.randomNormal([5, 3]);
    await expectNoLeak(async () => {
      const predictor = await compileForInference(it, { engine });
      expect(predictor.engine).toEqual({ name: engine });
      for (const rows of [5, 1, 3]) {
        const batch = tf.slice(x, 0, rows);
        const [found, expected] = [await predictor.predict(batch), it.predict(batch) as tf.Tensor];
        expect(found).toBeCloseToTensor(expected, 1e-5);
        tf.dispose([batch, found, expected]);
      }
      await predictor.dispose();
      await predictor.dispose();
      await expect(predictor.predict(x)).rejects.toThrow('the predictor was disposed of');
    });
    expect(x.isDisposed).toBe(false);
  });

  it('keeps the weights that there were', async () => {
    if (engine === 'layers') return;
    const it = small();
    const x = tf.ones([1, 3]);
    const predictor = await compileForInference(it, { engine });
    const before = it.predict(x) as tf.Tensor;
    it.setWeights(it.getWeights().map((weight) => tf.zerosLike(weight)));
    expect(await predictor.predict(x)).toBeCloseToTensor(before, 1e-5);
    it.dispose();
    expect(await predictor.predict(x)).toBeCloseToTensor(before, 1e-5);
    await predictor.dispose();
  });

  it('takes whole numbers, truth values and NaN as the model does, and none at all', async () => {
    const it = small();
    const predictor = await compileForInference(it, { engine });
    const numbers = tf.tensor2d([[NaN, 1, 2], [1, 2, 3]]); // prettier-ignore
    for (const x of [tf.ones([2, 3], 'int32'), tf.ones([2, 3], 'bool'), numbers]) {
      const expected = it.predict(tf.cast(x, 'float32')) as tf.Tensor;
      expect(await predictor.predict(x)).toBeCloseToTensor(expected, 1e-5);
    }
    expect((await predictor.predict(tf.zeros([0, 3]))).shape).toEqual([0, 2]);
    await predictor.dispose();
  });

  it('predicts several batches at once, and ends them before it is disposed of', async () => {
    const it = small();
    const predictor = await compileForInference(it, { engine });
    const batches = [1, 4, 2].map((rows) => tf.randomNormal([rows, 3]));
    const expected = batches.map((batch) => it.predict(batch) as tf.Tensor);
    const found = batches.map((batch) => predictor.predict(batch));
    const disposals = [predictor.dispose(), predictor.dispose()];
    await expect(predictor.predict(tf.ones([1, 3]))).rejects.toThrow('was disposed of');
    for (const [i, prediction] of found.entries()) {
      expect(await prediction).toBeCloseToTensor(expected[i] as tf.Tensor, 1e-5);
    }
    await Promise.all(disposals);
  });

  it('takes lists and gives lists', async () => {
    const [a, b] = [input({ shape: [2] }), input({ shape: [2] })];
    const sum = layers.add().apply([a, b]) as typeof a;
    const both = model({ inputs: [a, b], outputs: [sum, a] });
    const predictor = await compileForInference(both, { engine });
    const [x, y] = [tf.tensor2d([[1, 2]]), tf.tensor2d([[3, 5]])];
    const found = (await predictor.predict([x, y])) as tf.Tensor[];
    expect(found.map((tensor) => Array.from(tensor.dataSync()))).toEqual([[4, 7], [1, 2]]); // prettier-ignore
    await predictor.dispose();
  });

  it.each([
    [tf.ones([2, 4]), /x, for .*, must be of shape \[any, 3\]\. Received: \[2,4\]/],
    [tf.ones([3]), /x, for .*, must be of shape \[any, 3\]\. Received: \[3\]/],
    [[tf.ones([2, 3]), tf.ones([2, 3])], /x must be 1 tensors\. Received: 2/],
    [tf.fill([2, 3], 'a', 'string'), /x, for .*, must be of numbers\. Received: "string"/],
    [tf.complex(tf.ones([2, 3]), tf.ones([2, 3])), /must be of numbers\. Received: "complex64"/],
    [disposed(), /x, for .*, was disposed of/],
    [
      [[1, 2, 3]] as unknown as tf.Tensor,
      /x must be a tensor, or a list of them\. Received: \[\[1/,
    ],
    [undefined as unknown as tf.Tensor, /x must be a tensor, or a list of them\. Received: undef/],
  ])('refuses what does not fit', async (x, message) => {
    const predictor = await compileForInference(small(), { engine });
    await expect(predictor.predict(x)).rejects.toThrow(message);
    await predictor.dispose();
  });
});

it('says why the model itself predicts', async () => {
  const told: object[] = [];
  const onEngine = (engine: object) => void told.push(engine);
  const predictor = await compileForInference(unknown(), { onEngine });
  expect(told).toEqual([predictor.engine]);
  expect(predictor.engine.name).toBe('layers');
  expect(predictor.engine.reason).toMatch(/^layer "reader" \(Doubling\) cannot be exported: /);
  const predictions = await predictor.predict(tf.ones([1, 3]));
  expect(Array.from(predictions.dataSync())).toEqual([2, 2, 2]);
});

it.each([
  [
    { engine: 'tensorrt' },
    /^engine must be one of auto, onnxruntime, tfjs, layers\. Received: "tensorrt"$/,
  ],
  [{ threads: 0 }, /^threads must be a positive integer\. Received: 0$/],
  [{ engine: 'onnxruntime' }, /^layer "reader" \(Doubling\) cannot be exported: /],
  [{ engine: 'tfjs' }, /^layer "reader" \(Doubling\) cannot be exported: /],
])('throws for %j', async (options, message) => {
  const compiled = compileForInference(unknown(), options as InferenceOptions);
  await expect(compiled).rejects.toThrow(message);
});
