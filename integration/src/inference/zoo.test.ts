// Models of the zoo, exported and run by ONNX Runtime, beside themselves on TensorFlow. `npm run bench -- onnx-zoo` has all.

import * as tf from '@tensorflow/tfjs-core';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { compileForInference } from '@graftjs/inference';
import { zooModel } from '@graftjs/model-zoo';
import { importTensorFlow } from '@graftjs/test-utils';
import { fillByFormula, formulaTensor } from '@graftjs/test-utils/formula-weights';

const models = [
  ['mobileNetV2', 96, { alpha: 0.35 }],
  ['resNet50V2', 64, {}],
  ['nasNetMobile', 64, {}],
] as const;

describe.runIf(await importTensorFlow())('ONNX Runtime', () => {
  beforeAll(() => tf.setBackend('tensorflow'));
  afterEach(() => tf.disposeVariables());

  it.each(models)('gives the logits of %s', async (name, size, options) => {
    const rest = { weights: null, classifierActivation: null, inputShape: [size, size, 3] };
    const model = await zooModel(name, { ...options, ...rest } as object);
    fillByFormula(model.layers);
    const predictor = await compileForInference(model, { engine: 'onnxruntime', threads: 2 });
    const x = formulaTensor('inputs', [2, size, size, 3], [-1, 1]);
    const expected = model.predict(x) as tf.Tensor;
    const scale = tf.max(tf.abs(expected)).dataSync()[0] as number;
    for (const rows of [2, 1]) {
      const outputs = await predictor.predict(tf.slice(x, 0, rows));
      const error = tf.max(tf.abs(tf.sub(outputs, tf.slice(expected, 0, rows)))).dataSync();
      expect((error[0] as number) / scale).toBeLessThan(1e-5);
    }
    await predictor.dispose();
    await expect(predictor.predict(x)).rejects.toThrow('the predictor was disposed of');
  });
});
