// Prediction and evaluation over many batches run as a graph, and give what they give op by op.

import * as tf from '@tensorflow/tfjs-core';
import * as layers from '@tensorflow/tfjs-layers';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { nodeBackend, registerNodeBackend } from '@graftjs/backend-node';
import { SGD } from '@graftjs/optimizers';
import { expectNoLeak, importTensorFlow, tensorDataset } from '@graftjs/test-utils';
import { evaluate, fit, type Loss, predict } from '@graftjs/training';
import { cloneModel } from '@graftjs/transfer';
import { expectClose, numbers } from './engines.js';

const { layers: l } = layers;

describe.runIf(await importTensorFlow())('a pass over many batches', () => {
  /** 65 batches of 2, and one of 1. */
  const count = 131;
  let xs: tf.Tensor;
  let ys: tf.Tensor;
  let model: layers.LayersModel;
  const sessions = { opened: 0, closed: 0 };
  let binding: ReturnType<typeof nodeBackend>['binding'];
  beforeAll(async () => {
    registerNodeBackend();
    await tf.setBackend('tensorflow');
    xs = tf.randomNormal([count, 6, 6, 1], 0, 1, 'float32', 9);
    ys = tf.tensor1d(
      Array.from({ length: count }, (_, i) => i % 3),
      'int32',
    );
    model = layers.sequential({
      layers: [
        l.conv2d({ filters: 4, kernelSize: 3, inputShape: [6, 6, 1], activation: 'relu' }),
        l.batchNormalization(),
        l.dropout({ rate: 0.5, seed: 1 }),
        l.flatten(),
        l.dense({ units: 3, activation: 'softmax' }),
      ],
    });
  });
  beforeEach(() => {
    Object.assign(sessions, { opened: 0, closed: 0 });
    const backend = nodeBackend();
    binding = backend.binding;
    const original = binding;
    backend.binding = Object.create(original, {
      loadSavedModel: {
        value: (...args: [string, string]) => {
          sessions.opened++;
          return original.loadSavedModel(...args);
        },
      },
      deleteSavedModel: {
        value: (id: number) => {
          sessions.closed++;
          original.deleteSavedModel(id);
        },
      },
    }) as typeof original;
  });
  afterEach(() => {
    nodeBackend().binding = binding;
  });

  it('predicts in one session what one batch gives', async () => {
    const whole = model.predict(xs, { batchSize: count }) as tf.Tensor;
    for (let run = 0; run < 2; run++) {
      const parts = await predict(model, xs, { batchSize: 2 });
      expect(parts).toBeCloseToTensor(whole, 1e-6);
      expect(sessions).toEqual({ opened: run + 1, closed: run + 1 });
    }
    // Another run has the weights of then.
    const kernel = model.layers.at(-1)?.getWeights()[0] as tf.Tensor;
    const bias = tf.tensor1d([1, 2, 3]);
    model.layers.at(-1)?.setWeights([kernel, bias]);
    const other = await predict(model, xs, { batchSize: 2 });
    expect(other).toBeCloseToTensor(model.predict(xs, { batchSize: count }) as tf.Tensor, 1e-6);
    expect(numbers(other)).not.toEqual(numbers(whole));
  });

  it('evaluates in one session what one batch gives', async () => {
    const options = { loss: 'sparseCategoricalCrossentropy', metrics: ['accuracy'] } as const;
    const logs = await evaluate(model, tensorDataset(xs, ys, 2), options);
    expect(sessions).toEqual({ opened: 1, closed: 1 });
    const whole = await evaluate(model, tensorDataset(xs, ys, count), options);
    expect(sessions.opened).toBe(1);
    expect(logs.accuracy).toBeCloseTo(whole.accuracy as number, 6);
    expect(logs.loss).toBeCloseTo(whole.loss as number, 5);
  });

  it('validates epoch after epoch in one session, with the weights and statistics of each', async () => {
    const train = async (runEagerly: boolean) => {
      const { logs } = await fit(cloneModel(model), tensorDataset(xs, ys, 10), {
        ...{ optimizer: new SGD({ learningRate: 0.05 }), runEagerly, epochs: 3 },
        ...{ loss: 'sparseCategoricalCrossentropy', metrics: ['accuracy'] },
        validation: tensorDataset(xs, ys, 5),
      });
      return [logs.val_loss, logs.val_accuracy] as number[][];
    };
    const eager = await train(true);
    expect(sessions).toEqual({ opened: 0, closed: 0 });
    const graph = await train(false);
    // One of training, one of validation.
    expect(sessions).toEqual({ opened: 2, closed: 2 });
    expectClose(graph, eager, 1e-5);
    expect(new Set(eager[0]).size).toBe(3);
  });

  it('leaves no tensor', async () => {
    await predict(model, xs, { batchSize: 2 });
    await expectNoLeak(async () => (await predict(model, xs, { batchSize: 2 })).dispose());
    await expectNoLeak(() =>
      evaluate(model, tensorDataset(xs, ys, 2), { loss: 'sparseCategoricalCrossentropy' }),
    );
  });

  it('runs op by op where the host takes part, and where there are few batches', async () => {
    const readBack: Loss = (_, { predictions }) =>
      tf.mul(tf.ones([predictions.shape[0] as number]), predictions.dataSync()[0] as number);
    await evaluate(model, tensorDataset(xs, ys, 2), { loss: readBack });
    (await predict(model, xs, { batchSize: 3 })).dispose();
    expect(sessions.opened).toBe(0);
  });
});
