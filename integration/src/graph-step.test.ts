// A compiled step computes what the eager step computes: same weights, same slots, same logs.

import '@tensorflow/tfjs-node-gpu';
import * as tf from '@tensorflow/tfjs-core';
import * as layers from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import { registerNodeBackend } from '@graftjs/backend-node';
import type { Dataset } from '@graftjs/core';
import { Adam, SGD, type RuleOptimizer } from '@graftjs/optimizers';
import { fit } from '@graftjs/training';

beforeAll(async () => {
  registerNodeBackend();
  await tf.setBackend('tensorflow');
});

/** `count` examples in batches of 8, the last one smaller. */
function dataset(count: number): Dataset {
  const xs = tf.randomNormal([count, 6], 0, 1, 'float32', 1);
  const ys = tf.tensor1d(
    Array.from({ length: count }, (_, i) => i % 3),
    'int32',
  );
  return {
    batches: Math.ceil(count / 8),
    examples: count,
    async *[Symbol.asyncIterator]() {
      for (let start = 0; start < count; start += 8) {
        const size = Math.min(8, count - start);
        yield { xs: tf.slice(xs, [start], [size]), ys: tf.slice(ys, [start], [size]) };
      }
    },
  };
}

function network({ frozenNorm = false, dropout = false } = {}): layers.LayersModel {
  const { layers: l, initializers, regularizers, constraints } = layers;
  const init = (seed: number) => initializers.glorotUniform({ seed });
  const model = layers.sequential();
  model.add(l.dense({ units: 5, inputShape: [6], activation: 'selu', kernelInitializer: init(1) }));
  model.add(l.batchNormalization({ name: `norm_${Math.random().toString(36).slice(2)}` }));
  if (dropout) model.add(l.dropout({ rate: 0.5 }));
  model.add(
    l.dense({
      ...{ units: 4, activation: 'relu', kernelInitializer: init(2) },
      kernelRegularizer: regularizers.l2({ l2: 0.01 }),
      kernelConstraint: constraints.maxNorm({ maxValue: 0.5 }),
    }),
  );
  model.add(l.dense({ units: 3, activation: 'softmax', kernelInitializer: init(3) }));
  if (frozenNorm) (model.layers[1] as layers.layers.Layer).trainable = false;
  return model;
}

async function train(
  optimizer: RuleOptimizer,
  options: { runEagerly: boolean; frozenNorm?: boolean; dropout?: boolean },
) {
  const model = network(options);
  const history = await fit(model, dataset(8 * 5 + 3), {
    ...{ optimizer, epochs: 3, runEagerly: options.runEagerly },
    loss: 'sparseCategoricalCrossentropy',
    metrics: ['accuracy'],
  });
  const weights = model.getWeights().map((weight) => Array.from(weight.dataSync()));
  const slots = (await optimizer.getWeights()).map(({ tensor }) => Array.from(tensor.dataSync()));
  return { model, history, weights, slots };
}

const optimizers: [string, () => RuleOptimizer][] = [
  ['SGD', () => new SGD({ learningRate: 0.1 })],
  ['SGD with momentum', () => new SGD({ learningRate: 0.05, momentum: 0.9 })],
  ['SGD with Nesterov', () => new SGD({ learningRate: 0.05, momentum: 0.9, nesterov: true })],
  ['Adam', () => new Adam({ learningRate: (step) => 0.02 / (1 + step) })],
];

describe.each(optimizers)('%s', (_, make) => {
  it.each([false, true])(
    'gives the eager weights, slots and logs (frozen norm: %s)',
    async (frozenNorm) => {
      const eager = await train(make(), { runEagerly: true, frozenNorm });
      const graph = await train(make(), { runEagerly: false, frozenNorm });
      expect(eager.history.engine).toMatchObject({ name: 'eager' });
      expect(graph.history.engine).toEqual({ name: 'graph' });
      expectClose(graph.weights, eager.weights);
      expectClose(graph.slots, eager.slots);
      expectClose(Object.values(graph.history.logs), Object.values(eager.history.logs));
    },
  );
});

it('says why a step that draws random numbers on the host stays eager', async () => {
  const { history } = await train(new SGD(), { runEagerly: false, dropout: true });
  expect(history.engine).toMatchObject({
    name: 'eager',
    reason: expect.stringContaining('host') as string,
  });
});

it('leaks no tensor', async () => {
  const data = dataset(43);
  const model = network();
  const optimizer = new Adam();
  const options = { optimizer, epochs: 1, loss: 'sparseCategoricalCrossentropy' } as const;
  await fit(model, data, options);
  const before = tf.memory().numTensors;
  await fit(model, data, options);
  expect(tf.memory().numTensors).toBe(before);
});

function expectClose(actual: number[][], expected: number[][]): void {
  expect(actual.map(({ length }) => length)).toEqual(expected.map(({ length }) => length));
  for (const [i, values] of expected.entries()) {
    for (const [k, value] of values.entries()) {
      const difference = Math.abs((actual[i]?.[k] as number) - value);
      expect(difference, `value ${k} of list ${i}`).toBeLessThan(
        1e-5 * Math.max(1, Math.abs(value)),
      );
    }
  }
}
