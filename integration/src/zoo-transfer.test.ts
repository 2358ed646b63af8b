// A model of the zoo through the steps of transfer learning: copied, given a head, trained while frozen and after.

import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { layers } from '@tensorflow/tfjs-layers';
import { expect, it } from 'vitest';
import { registerLayers } from '@graftjs/layers';
import { mobileNet } from '@graftjs/model-zoo';
import { SGD } from '@graftjs/optimizers';
import { tensorDataset } from '@graftjs/test-utils';
import { fit } from '@graftjs/training';
import { cloneModel, freeze, graftHead, unfreeze } from '@graftjs/transfer';

it('is copied, grafted and fine-tuned', async () => {
  await tf.setBackend('cpu');
  registerLayers();
  const trained = await mobileNet({
    ...{ weights: null, alpha: 0.25, includeTop: false, pooling: 'avg', inputShape: [32, 32, 3] },
  });
  const base = cloneModel(trained);
  const xs = tf.randomUniform([4, 32, 32, 3], -1, 1, 'float32', 1);
  const outputs = [trained, base].map((model) => model.predict(xs) as tf.Tensor);
  expect(outputs[1]?.dataSync()).toEqual(outputs[0]?.dataSync());

  const model = graftHead(base, [layers.dense({ units: 1, activation: 'sigmoid', name: 'head' })]);
  const data = tensorDataset(xs, tf.tensor2d([0, 1, 1, 0], [4, 1]), 2);
  const train = () =>
    fit(model, data, {
      ...{ optimizer: new SGD({ learningRate: 0.1 }), loss: 'binaryCrossentropy', epochs: 1 },
    });
  const changed = () =>
    base.layers.flatMap(({ weights }, i) =>
      weights.filter((weight, j) => {
        const before = trained.layers[i]?.weights[j]?.read() as tf.Tensor;
        return tf.tidy(() => tf.max(tf.abs(tf.sub(weight.read(), before))).dataSync()[0] !== 0);
      }),
    );
  freeze(base.layers);
  await train();
  expect(changed()).toEqual([]);
  unfreeze(base.layers);
  await train();
  expect(changed()).toHaveLength(base.weights.length);
});
