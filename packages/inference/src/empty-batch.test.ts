import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { input, layers, model, sequential, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import { compileForInference } from './compile-for-inference.js';

beforeAll(() => tf.setBackend('cpu'));

describe.each(['onnxruntime', 'tfjs', 'layers'] as const)('by %s', (engine) => {
  it('gives nothing of nothing', async () => {
    const x = input({ shape: [4, 3] });
    const reader = layers.lstm({ units: 2, returnState: true, recurrentInitializer: 'ones' });
    const outputs = reader.apply(x) as SymbolicTensor[];
    const predictor = await compileForInference(model({ inputs: x, outputs }), { engine });
    const found = (await predictor.predict([tf.zeros([0, 4, 3])])) as tf.Tensor[];
    expect(found.map(({ shape }) => shape)).toEqual([[0, 2], [0, 2], [0, 2]]); // prettier-ignore
    await predictor.dispose();
  });

  it('refuses it where it cannot say what nothing is', async () => {
    const inputShape = [null, 3] as unknown as number[];
    const same = sequential({ layers: [layers.dense({ units: 2, inputShape })] });
    const predictor = await compileForInference(same, { engine });
    await expect(predictor.predict(tf.zeros([0, 4, 3]))).rejects.toThrow(
      'x must be of one example or more, where the size of an output is not known. Received: "0 examples"',
    );
    await expect(predictor.predict(tf.zeros([2, 0, 3]))).rejects.toThrow(
      /x, for .*, must be of lengths above 0\. Received: \[2,0,3\]/,
    );
    await predictor.dispose();
  });
});
