// A compiled step and the world around it: other shapes, callbacks that change things, runs that follow each other.

import * as tf from '@tensorflow/tfjs-core';
import * as layers from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import { registerNodeBackend } from '@graftjs/backend-node';
import type { Batch, Callback, Dataset } from '@graftjs/core';
import { Adam, SGD, type RuleOptimizer } from '@graftjs/optimizers';
import { importTensorFlow, tensorDataset } from '@graftjs/test-utils';
import { fit } from '@graftjs/training';
import { expectClose, expectEnginesAgree, numbers, train, type TrainOptions } from './engines.js';

const loss = 'meanSquaredError';

function network(): layers.LayersModel {
  const init = (seed: number) => layers.initializers.glorotUniform({ seed });
  return layers.sequential({
    layers: [
      layers.layers.dense({
        units: 3,
        inputShape: [4],
        activation: 'tanh',
        kernelInitializer: init(1),
      }),
      layers.layers.batchNormalization(),
      layers.layers.dense({ units: 1, kernelInitializer: init(2) }),
    ],
  });
}

const kernel = (model: layers.LayersModel) => model.layers[0]?.weights[0]?.read() as tf.Variable;

describe.runIf(await importTensorFlow())('a compiled step', () => {
  let xs: tf.Tensor2D;
  let ys: tf.Tensor2D;
  beforeAll(async () => {
    registerNodeBackend();
    await tf.setBackend('tensorflow');
    xs = tf.randomNormal([64, 4], 0, 1, 'float32', 5);
    ys = tf.sum(xs, 1, true) as tf.Tensor2D;
  });

  const data = (batchSize = 8) => tensorDataset(xs, ys, batchSize);
  const options = (optimizer: RuleOptimizer = new Adam(), more: Partial<TrainOptions> = {}) =>
    ({
      ...{ optimizer, loss, epochs: 2 },
      ...more,
    }) as TrainOptions;

  it('switches between shapes and back', async () => {
    /** Sizes in an order in which the graph is left and entered several times. */
    const mixed: Dataset = {
      ...{ batches: 10, examples: 58 },
      async *[Symbol.asyncIterator](): AsyncGenerator<Batch> {
        for (const size of [8, 8, 8, 3, 8, 3, 3, 8, 1, 8]) {
          yield { xs: tf.slice(xs, [0], [size]), ys: tf.slice(ys, [0], [size]) };
        }
      },
    };
    await expectEnginesAgree(() => ({ model: network(), data: mixed, options: options() }));
  });

  it('honours weights that a callback changes between epochs', async () => {
    await expectEnginesAgree(() => {
      const model = network();
      const onEpochEnd = () => kernel(model).assign(tf.mul(kernel(model), 2));
      return {
        model,
        data: data(),
        options: options(new Adam(), { epochs: 3, callbacks: [{ onEpochEnd }] }),
      };
    });
  });

  it('honours optimizer state and rate that a callback sets, with the weights as they are', async () => {
    await expectEnginesAgree(() => {
      const optimizer = new SGD({ learningRate: 0.01, momentum: 0.9 });
      const reset: Callback = {
        async onEpochEnd() {
          const saved = await optimizer.getWeights();
          await optimizer.setWeights(
            saved.map(({ name, tensor }) => ({ name, tensor: tf.zerosLike(tensor) })),
          );
          optimizer.learningRate = 0.02;
        },
      };
      return {
        model: network(),
        data: data(),
        options: options(optimizer, { epochs: 3, callbacks: [reset] }),
      };
    });
  });

  it('gives a callback the current weights at the end of an epoch', async () => {
    const model = network();
    const seen: number[][] = [];
    const onEpochEnd = () => void seen.push(numbers(kernel(model)));
    await fit(model, data(), options(new Adam(), { epochs: 3, callbacks: [{ onEpochEnd }] }));
    expect(new Set(seen.map(String)).size).toBe(3);
    expect(seen.at(-1)).toEqual(numbers(kernel(model)));
  });

  it('hands the optimizer state on: graph, eager, graph', async () => {
    const run = async (...engines: boolean[]) => {
      const [model, optimizer] = [
        network(),
        new Adam({ learningRate: (step) => 0.01 / (1 + step) }),
      ];
      for (const runEagerly of engines) {
        await fit(model, data(), options(optimizer, { runEagerly, epochs: 1 }));
      }
      return train(model, data(), options(optimizer, { runEagerly: true, epochs: 1 }));
    };
    const [mixed, eager] = [await run(false, true, false), await run(true, true, true)];
    expectClose(mixed.weights, eager.weights);
    expectClose(mixed.slots, eager.slots);
  });

  it('keeps what it has learned when it is stopped', async () => {
    const model = network();
    const optimizer = new Adam();
    const stop = new AbortController();
    const onBatchEnd = ({ batch }: { batch: number }) => {
      if (batch === 5) stop.abort(new Error('enough'));
    };
    const stopped = options(optimizer, { signal: stop.signal, callbacks: [{ onBatchEnd }] });
    await expect(fit(model, data(), stopped)).rejects.toThrow('enough');
    const other = network();
    const sixBatches = tensorDataset(tf.slice(xs, [0], [48]), tf.slice(ys, [0], [48]), 8);
    const expected = await train(
      other,
      sixBatches,
      options(new Adam(), { epochs: 1, runEagerly: true }),
    );
    expectClose(model.getWeights().map(numbers), expected.weights);
    expect(optimizer.iterations).toBe(6);
  });

  it('reads weights before it changes them, though the gradient does not depend on them', async () => {
    // A linear loss: its gradient is the mean input, whatever the weights.
    const linear = (_: tf.Tensor, { predictions }: { predictions: tf.Tensor }) => predictions;
    await expectEnginesAgree(() => ({
      model: layers.sequential({
        layers: [layers.layers.dense({ units: 1, inputShape: [4], kernelInitializer: 'ones' })],
      }),
      data: data(),
      options: options(new SGD({ learningRate: 1 }), { loss: linear }),
    }));
  });

  it('leaves alone a variable without gradient, and its slots', async () => {
    await expectEnginesAgree(() => {
      const input = layers.input({ shape: [4] });
      const used = layers.layers.dense({ units: 1, kernelInitializer: 'ones' }).apply(input);
      const unused = layers.layers.dense({ units: 1, kernelInitializer: 'ones' }).apply(input);
      const both = new FirstOf().apply([used, unused] as layers.SymbolicTensor[]);
      const model = layers.model({ inputs: input, outputs: both as layers.SymbolicTensor });
      return { model, data: data(), options: options() };
    });
  });

  it('takes xs and ys that are one tensor', async () => {
    const same: Dataset = {
      ...{ batches: 4, examples: 32 },
      async *[Symbol.asyncIterator](): AsyncGenerator<Batch> {
        for (let i = 0; i < 4; i++) {
          const part = tf.slice(xs, [i * 8], [8]);
          yield { xs: part, ys: i === 3 ? tf.zeros([8, 4]) : part };
        }
      },
    };
    await expectEnginesAgree(() => ({
      model: layers.sequential({
        layers: [layers.layers.dense({ units: 4, inputShape: [4], kernelInitializer: 'ones' })],
      }),
      data: same,
      options: options(),
    }));
  });
});

/** Gives its first input. */
class FirstOf extends layers.layers.Layer {
  static className = 'FirstOf';
  override computeOutputShape(shapes: layers.Shape | layers.Shape[]): layers.Shape {
    return (shapes as layers.Shape[])[0] as layers.Shape;
  }
  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.clone((inputs as tf.Tensor[])[0] as tf.Tensor);
  }
}
