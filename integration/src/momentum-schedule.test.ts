// A rate and a momentum that cycle together: as a graph as they do op by op, and with Keras's files.

import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import * as layers from '@tensorflow/tfjs-layers';
import { describe, expect, it } from 'vitest';
import { registerNodeBackend } from '@graftjs/backend-node';
import { modelToKeras, restoreOptimizer, resumableFromKeras } from '@graftjs/keras-format';
import { Adam, SGD, type RuleOptimizer } from '@graftjs/optimizers';
import { oneCycle, oneCycleMomentum } from '@graftjs/schedules';
import { importTensorFlow, tensorDataset } from '@graftjs/test-utils';
import { fit } from '@graftjs/training';
import { expectEnginesAgree, numbers, train, waysOfSteps } from './engines.js';

const steps = 24;
const learningRate = oneCycle({ maxRate: 0.1, steps });
const momentum = oneCycleMomentum({ steps });

function network(): layers.LayersModel {
  const init = (seed: number) => layers.initializers.glorotUniform({ seed });
  const { dense } = layers.layers;
  return layers.sequential({
    layers: [
      dense({ units: 3, inputShape: [4], activation: 'tanh', kernelInitializer: init(1) }),
      dense({ units: 1, kernelInitializer: init(2) }),
    ],
  });
}

function data() {
  const xs = tf.randomNormal([64, 4], 0, 1, 'float32', 5);
  return tensorDataset(xs, tf.sum(xs, 1, true), 8);
}

describe.runIf(await importTensorFlow())('as a graph', () => {
  const optimizers: [string, () => RuleOptimizer][] = [
    ['SGD', () => new SGD({ learningRate, momentum })],
    ['SGD with Nesterov', () => new SGD({ learningRate, momentum, nesterov: true })],
    ['Adam', () => new Adam({ learningRate, beta1: momentum })],
    [
      'accumulated gradients',
      () => new Adam({ learningRate, beta1: momentum, gradientAccumulationSteps: 3 }),
    ],
  ];
  it.each(optimizers)('%s trains as it does op by op', async (_, make) => {
    registerNodeBackend();
    await tf.setBackend('tensorflow');
    await expectEnginesAgree(() => ({
      model: network(),
      data: data(),
      options: { optimizer: make(), loss: 'meanSquaredError', epochs: 3 },
    }));
  });
});

describe.each(await waysOfSteps())('$way', ({ backend, runEagerly }) => {
  it('a value outside [0, 1) is refused before the step is counted and anything changes', async () => {
    await tf.setBackend(backend);
    const model = network();
    // Two steps are recorded, so that in a graph the sixth is one of its own.
    const optimizer = new Adam({ learningRate: 0.1, beta1: (step) => (step < 5 ? 0.9 : 1) });
    const seen: number[][][] = [];
    const state = async () => {
      const slots = (await optimizer.getWeights()).map(({ tensor }) => tensor);
      return [...model.getWeights(), ...slots].map(numbers);
    };
    const [xs, ys] = [tf.ones([8, 4]), tf.ones([8, 1])];
    const options = { optimizer, loss: 'meanSquaredError' as const, runEagerly };
    const callbacks = [{ onEpochEnd: async () => void seen.push(await state()) }];
    await expect(
      fit(model, tensorDataset(xs, ys, 8), { ...options, epochs: 7, callbacks }),
    ).rejects.toThrow('beta1 at step 5 must be a number in [0, 1). Received: 1');
    expect(seen).toHaveLength(5);
    expect(await state()).toEqual(seen.at(-1));
    expect(optimizer.iterations).toBe(5);
  });
});

describe('with Keras’s files', () => {
  it('a momentum that is a schedule is refused: Keras has none', async () => {
    await tf.setBackend('cpu');
    for (const optimizer of [new SGD({ momentum }), new Adam({ beta1: momentum })]) {
      await expect(
        modelToKeras(network(), { optimizer, loss: 'meanSquaredError' }),
      ).rejects.toThrow(
        /^(momentum|beta_1) of optimizer \((SGD|Adam)\) must be a number. Received: {"schedule":"oneCycleMomentum",/,
      );
    }
  });

  it('an optimizer with one goes on from a state that was saved with a number', async () => {
    await tf.setBackend('cpu');
    const options = { loss: 'meanSquaredError', epochs: 1 } as const;
    const [model, saved] = [network(), new SGD({ momentum: momentum(0) })];
    await train(model, data(), { ...options, optimizer: saved });
    const file = await modelToKeras(model, { optimizer: saved, loss: 'meanSquaredError' });
    const again = await resumableFromKeras(file);
    const optimizer = new SGD({ learningRate, momentum });
    await restoreOptimizer(optimizer, again.optimizerState as never, again.model);
    expect(optimizer.iterations).toBe(8);
    const expected = await train(model, data(), { ...options, optimizer: await copyOf(saved) });
    const actual = await train(again.model, data(), { ...options, optimizer });
    expect(actual.weights).toEqual(expected.weights);
  });
});

/** The same state, with the schedules. */
async function copyOf(optimizer: SGD): Promise<SGD> {
  const copy = new SGD({ learningRate, momentum });
  await copy.setWeights(await optimizer.getWeights());
  return copy;
}
