// The predictor without ONNX Runtime, where TensorFlow runs all of it as one graph.

import * as tf from '@tensorflow/tfjs-core';
import { registerNodeBackend } from '@graftjs/backend-node';
import { compileForInference } from '@graftjs/inference';
import { efficientNetLite0, mobileNetV2, resNet50 } from '@graftjs/model-zoo';
import { expectNoLeak, importTensorFlow } from '@graftjs/test-utils';
import { fillByFormula } from '@graftjs/test-utils/formula-weights';
import { beforeAll, describe, expect, it } from 'vitest';

const makers = { efficientNetLite0, mobileNetV2, resNet50 };

describe.runIf(await importTensorFlow())('on TensorFlow', () => {
  beforeAll(() => registerNodeBackend());

  it.each(Object.entries(makers))(
    '%s predicts as the model does, run after run',
    async (_, make) => {
      const model = await make({ weights: null, inputShape: [64, 64, 3], includeTop: false });
      fillByFormula(model.layers);
      const images = tf.randomUniform([2, 64, 64, 3], 0, 1, 'float32', 1);
      const expected = model.predict(images) as tf.Tensor;
      await expectNoLeak(async () => {
        const predictor = await compileForInference(model, { engine: 'tfjs' });
        // The first two are recorded, the others are the graph.
        for (let i = 0; i < 4; i++) {
          const predictions = await predictor.predict(images);
          const difference = tf.tidy(() =>
            tf.div(tf.max(tf.abs(tf.sub(predictions, expected))), tf.max(tf.abs(expected))),
          );
          expect((await difference.data())[0]).toBeLessThan(1e-5);
          tf.dispose([predictions, difference]);
        }
        await predictor.dispose();
      });
    },
  );
});
