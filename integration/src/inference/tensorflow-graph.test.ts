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
      const images = tf.randomUniform([3, 64, 64, 3], 0, 1, 'float32', 1);
      const expected = model.predict(images) as tf.Tensor;
      await expectNoLeak(async () => {
        const predictor = await compileForInference(model, { engine: 'tfjs' });
        // Of each size the first two are recorded, the others are the graph; the third size has none.
        for (const size of [1, 1, 1, 2, 2, 2, 3]) {
          const batch = tf.slice(images, 0, size);
          const predictions = await predictor.predict(batch);
          const difference = tf.tidy(() => {
            const wanted = tf.slice(expected, 0, size);
            return tf.div(tf.max(tf.abs(tf.sub(predictions, wanted))), tf.max(tf.abs(wanted)));
          });
          expect((await difference.data())[0]).toBeLessThan(1e-5);
          tf.dispose([batch, predictions, difference]);
        }
        await predictor.dispose();
      });
    },
  );
});
