// What goes wrong around a fit, op by op and as a graph: both do the same, and both leave things as they found them.

import * as tf from '@tensorflow/tfjs-core';
import * as layers from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import { registerNodeBackend } from '@graftjs/backend-node';
import type { Dataset } from '@graftjs/core';
import { SGD } from '@graftjs/optimizers';
import { importTensorFlow, tensorDataset } from '@graftjs/test-utils';
import { fit } from '@graftjs/training';

const { layers: l } = layers;
const hasTensorFlow = await importTensorFlow();
const xs = (count: number) => tf.randomNormal([count, 4], 0, 1, 'float32', 1);
const ys = (count: number) => tf.randomNormal([count, 1], 0, 1, 'float32', 2);
const data = (count: number, batchSize = 8) => tensorDataset(xs(count), ys(count), batchSize);
const options = { loss: 'meanSquaredError', epochs: 3 } as const;

function network(): layers.LayersModel {
  const kernelInitializer = layers.initializers.glorotUniform({ seed: 3 });
  const model = layers.sequential();
  const kernelRegularizer = layers.regularizers.l2({ l2: 0.1 });
  model.add(l.dense({ units: 3, inputShape: [4], kernelInitializer, kernelRegularizer }));
  model.add(l.dense({ units: 1, kernelInitializer }));
  return model;
}

describe.runIf(hasTensorFlow)('fit', () => {
  beforeAll(async () => {
    registerNodeBackend();
    await tf.setBackend('tensorflow');
  });

  it('trains what trained at its start, whatever a callback freezes, on both engines', async () => {
    const run = async (runEagerly: boolean) => {
      const model = network();
      const freezing = {
        onEpochEnd: () => void ((model.layers[0] as layers.layers.Layer).trainable = false),
      };
      const optimizer = new SGD({ learningRate: 0.05, momentum: 0.5 });
      const { logs } = await fit(model, data(40), {
        ...options,
        optimizer,
        runEagerly,
        callbacks: [freezing],
      });
      return logs.loss as number[];
    };
    const [eager, graph] = [await run(true), await run(false)];
    for (const [i, loss] of eager.entries()) expect(graph[i]).toBeCloseTo(loss, 5);
  });

  it.each([true, false])(
    'leaks nothing where the update throws (run eagerly: %s)',
    async (runEagerly) => {
      const model = network();
      const set = data(40);
      const learningRate = (step: number) => (step >= 3 ? NaN : 0.01);
      const run = () =>
        fit(model, set, { ...options, optimizer: new SGD({ learningRate }), runEagerly });
      await expect(run()).rejects.toThrow('rate at step 3');
      const before = tf.memory().numTensors;
      await expect(run()).rejects.toThrow('rate at step 3');
      expect(tf.memory().numTensors).toBe(before);
    },
  );

  it('compiles where a full batch and a remainder take turns', async () => {
    const { engine } = await fit(network(), data(12), {
      ...options,
      optimizer: new SGD(),
      epochs: 4,
    });
    expect(engine).toEqual({ name: 'graph' });
  });

  it('gives shared layers back, however fits overlap', async () => {
    const input = layers.input({ shape: [4] });
    const norm = l.batchNormalization({ momentum: 0.5 });
    const hidden = norm.apply(input) as layers.SymbolicTensor;
    const model = () => {
      const outputs = l.dense({ units: 1 }).apply(hidden) as layers.SymbolicTensor;
      return layers.model({ inputs: input, outputs });
    };
    norm.trainable = false;
    const slow = { onBatchEnd: () => new Promise<void>((resolve) => setTimeout(resolve, 2)) };
    const start = (epochs: number) =>
      fit(model(), data(40), { ...options, epochs, optimizer: new SGD(), callbacks: [slow] });
    await Promise.all([start(1), start(3)]);
    expect(Object.hasOwn(norm, 'call')).toBe(false);
  });

  it('refuses a dataset that runs dry', async () => {
    const { examples, batches } = data(16);
    const once = data(16)[Symbol.asyncIterator]();
    const dry: Dataset = { examples, batches, [Symbol.asyncIterator]: () => once };
    const run = fit(network(), dry, { ...options, optimizer: new SGD() });
    await expect(run).rejects.toThrow('data gave no batch in epoch 2');
  });

  it.each([
    [
      'a string for an optimizer',
      { optimizer: 'adam' as unknown as SGD },
      /optimizer must be an optimizer such as new Adam\(\)\. Received: "adam"/,
    ],
    [
      'a metric called learning_rate',
      {
        metrics: [
          function learning_rate() {
            return tf.zeros([8]);
          },
        ],
      },
      /not "loss" or "learning_rate"/,
    ],
  ])('refuses %s', async (_what, wrong, message) => {
    const run = fit(network(), data(16), { ...options, optimizer: new SGD(), ...wrong });
    await expect(run).rejects.toThrow(message);
  });

  it.each([
    [
      'no targets',
      () => ({ xs: tf.zeros([2, 4]) }),
      'ys of a batch must be a tensor. Received: undefined',
    ],
    [
      'no example',
      () => ({ xs: tf.zeros([0, 4]), ys: tf.zeros([0, 1]) }),
      'a batch must have at least one example',
    ],
  ])('refuses a batch with %s', async (_what, make, message) => {
    const set = {
      ...{ batches: 1, examples: 2 },
      async *[Symbol.asyncIterator]() {
        yield make();
      },
    } as unknown as Dataset;
    await expect(fit(network(), set, { ...options, optimizer: new SGD() })).rejects.toThrow(
      message,
    );
  });
});
