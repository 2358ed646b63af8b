// What files say of optimizers: taken where it fits the model, refused by name where it does not.

import '@tensorflow/tfjs-backend-cpu';
import { type Rate, rateAt } from '@graftjs/core';
import { expectNoLeak } from '@graftjs/test-utils';
import { layers, type LayersModel, sequential } from '@tensorflow/tfjs-layers';
import { afterAll, expect, it } from 'vitest';
import { describeModel } from './describe-model.js';
import { modelFromH5, type Resumable, resumableFromH5 } from './index.js';
import type { NamedArray } from './keras-model.js';
import { writeH5 } from './write-h5.js';

const model: LayersModel = sequential({
  layers: [layers.dense({ units: 1, inputShape: [2], name: 'a' })],
});
afterAll(() => void model.dispose());

const array = (shape: number[], ...values: number[]): NamedArray => ({
  name: `array_${values.join('_')}`,
  shape,
  data: Float32Array.from(values),
});
const rate = array([], 0.5);

async function fileWith(
  class_name: string,
  config: object,
  iterations: number,
  variables: NamedArray[],
): Promise<Uint8Array> {
  const compiled = {
    optimizer: { class_name, config: { learning_rate: 0.5, ...config } },
    loss: { class_name: 'Huber', config: { delta: 2 } },
    metrics: ['binary_accuracy'],
  };
  const training = { compiled, optimizer: { iterations, variables } };
  return writeH5({ ...(await describeModel(model)), training });
}

async function resume(...file: Parameters<typeof fileWith>): Promise<Omit<Resumable, 'model'>> {
  const bytes = await fileWith(...file);
  const { model: loaded, ...training } = await resumableFromH5(bytes, { name: 'x.h5' });
  loaded.dispose();
  return training;
}

it('gives slots by variable in the order of the class', async () => {
  const slots = [array([2, 1], 1, 2), array([1], 3), array([2, 1], 4, 5), array([1], 6)];
  const { optimizerState, loss, metrics } = await resume('RMSprop', { momentum: 0.9 }, 7, [
    rate,
    ...slots,
  ]);
  expect(optimizerState).toMatchObject({ name: 'RMSprop', iterations: 7, learningRate: 0.5 });
  expect([...(optimizerState?.slots ?? [])]).toEqual([
    [
      'a/kernel',
      {
        velocity: { shape: [2, 1], data: Float32Array.of(1, 2) },
        momentum: { shape: [2, 1], data: Float32Array.of(4, 5) },
      },
    ],
    [
      'a/bias',
      {
        velocity: { shape: [1], data: Float32Array.of(3) },
        momentum: { shape: [1], data: Float32Array.of(6) },
      },
    ],
  ]);
  expect(loss).toEqual({ class_name: 'Huber', config: { delta: 2 } });
  expect(metrics).toEqual(['binaryAccuracy']);
});

it('has a schedule where the file has one', async () => {
  const config = { initial_learning_rate: 0.1, decay_steps: 10 };
  const schedule = { learning_rate: { class_name: 'CosineDecay', config } };
  const { optimizerState } = await resume('SGD', schedule, 7, []);
  expect(optimizerState).toMatchObject({ iterations: 7, config: schedule });
  expect(rateAt(optimizerState?.learningRate as Rate, 5)).toBeCloseTo(0.05, 15);
});

it('has no rate where the schedule is one that we lack', async () => {
  const schedule = { learning_rate: { class_name: 'Mine', config: {} } };
  const { optimizerState } = await resume('SGD', schedule, 7, []);
  expect(optimizerState).toMatchObject({ iterations: 7, config: schedule });
  expect(optimizerState?.learningRate).toBeUndefined();
});

it('gives no state of an optimizer that has not begun', async () => {
  expect((await resume('Adam', {}, 0, [rate])).optimizerState).toBeUndefined();
});

it.each<[string, Parameters<typeof fileWith>, string]>([
  [
    'other numbers of slots',
    ['Adam', {}, 7, [rate, array([1], 1)]],
    'the optimizer in x.h5 must have 4 slots (Adam, 2 trainable weights). Received: 1',
  ],
  [
    'another class',
    ['Rprop', {}, 7, [rate]],
    'the optimizer in x.h5 is of class Rprop, whose state is not supported (known: SGD, RMSprop, Adam,',
  ],
])('refuses %s, though the model alone can be read', async (_, file, message) => {
  await expectNoLeak(() => expect(resume(...file)).rejects.toThrow(message));
  (await modelFromH5(await fileWith(...file))).dispose();
});
