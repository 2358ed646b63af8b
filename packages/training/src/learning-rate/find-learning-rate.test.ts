import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { layers, sequential } from '@tensorflow/tfjs-layers';
import { describe, expect, it } from 'vitest';
import type { RuleDrivenOptimizer } from '@graftjs/core';
import { expectNoLeak, tensorDataset } from '@graftjs/test-utils';
import { findLearningRate, type FindLearningRateOptions } from './find-learning-rate.js';

const xs = tf.randomNormal([20, 3], 0, 1, 'float32', 3);
const ys = tf.sum(xs, 1, true);
const data = tensorDataset(xs, ys, 8);

/** Momentum, with all that the test must put back: a slot, a count, a rate. */
class Momentum extends tf.Optimizer {
  readonly rule = { name: 'Momentum', slots: ['momentum'] };
  learningRate: unknown = 0.5;
  readonly rates: number[] = [];
  private slots = new Map<string, tf.Tensor>();

  finalize() {}
  advance() {
    return {};
  }
  override applyGradients(gradients: { name: string; tensor: tf.Tensor }[]): void {
    this.incrementIterations();
    this.rates.push(this.learningRate as number);
    for (const { name, tensor } of gradients) {
      const variable = tf.engine().registeredVariables[name]!;
      const old = this.slots.get(name);
      const next = tf.tidy(() => (old ? tf.add(tf.mul(old, 0.9), tensor) : tf.clone(tensor)));
      old?.dispose();
      this.slots.set(name, tf.keep(next));
      tf.tidy(() => variable.assign(tf.sub(variable, tf.mul(next, this.learningRate as number))));
    }
  }
  override async getWeights() {
    const slots = [...this.slots].map(([name, tensor]) => ({ name, tensor }));
    return [await this.saveIterations(), ...slots];
  }
  override async setWeights([iter, ...slots]: { name: string; tensor: tf.Tensor }[]) {
    await this.extractIterations([iter!]);
    tf.dispose([...this.slots.values()]);
    this.slots = new Map(slots.map(({ name, tensor }) => [name, tf.keep(tf.clone(tensor))]));
  }
  override getConfig() {
    return {};
  }
}

const make = () =>
  sequential({
    layers: [
      layers.dense({ units: 4, inputShape: [3], activation: 'tanh' }),
      layers.batchNormalization(),
      layers.dense({ units: 1 }),
    ],
  });
const asOptimizer = (optimizer: Momentum) => optimizer as unknown as RuleDrivenOptimizer;
const options = (more: Partial<FindLearningRateOptions> = {}): FindLearningRateOptions => ({
  ...{ optimizer: asOptimizer(new Momentum()), loss: 'meanSquaredError' },
  ...more,
});

describe('findLearningRate', () => {
  it('goes from the lowest rate to the highest, or till the loss bursts', async () => {
    const optimizer = new Momentum();
    const model = make();
    const found = await findLearningRate(
      model,
      data,
      options({ optimizer: asOptimizer(optimizer), minRate: 1e-6, maxRate: 1e-2, steps: 40 }),
    );
    expect(found.points).toHaveLength(40);
    found.points.forEach(({ rate, loss }, i) => {
      expect(rate / (1e-6 * 1e4 ** (i / 39))).toBeCloseTo(1, 10);
      expect(optimizer.rates[i]).toBe(rate);
      expect(loss).toBeGreaterThan(0);
    });
    expect(found.points[0]!.smoothed).toBeCloseTo(found.points[0]!.loss, 10);
    const burst = await findLearningRate(model, data, options({ maxRate: 1e6, steps: 200 }));
    expect(burst.points.length).toBeLessThan(200);
    expect(burst.points.length).toBeGreaterThan(50);
    const { valley } = burst.suggestions;
    expect(valley).toBeGreaterThan(1e-7);
    expect(valley).toBeLessThan(burst.points.at(-1)!.rate);
  });

  it('puts weights and optimizer back to the bit, and leaks nothing', async () => {
    const model = make();
    const optimizer = new Momentum();
    const given = options({ optimizer: asOptimizer(optimizer) });
    await findLearningRate(model, data, given);
    // The optimizer has worked before.
    await optimizer.setWeights([
      { name: 'iter', tensor: tf.scalar(7, 'int32') },
      ...model.trainableWeights.map((weight) => ({
        name: (weight as unknown as { val: tf.Variable }).val.name,
        tensor: tf.fill(weight.shape as number[], 0.25),
      })),
    ]);
    const state = async () => ({
      weights: model.getWeights().map((weight) => [...weight.dataSync()]),
      slots: (await optimizer.getWeights()).map(({ name, tensor }) => [name, ...tensor.dataSync()]),
      rate: optimizer.learningRate,
    });
    const before = await tidied(state);
    await expectNoLeak(() => findLearningRate(model, data, given));
    expect(await tidied(state)).toEqual(before);
    expect(before.slots[0]).toEqual(['iter', 7]);
    const aborted = options({ optimizer: asOptimizer(optimizer), signal: AbortSignal.abort() });
    await expect(findLearningRate(model, data, aborted)).rejects.toThrow('aborted');
    expect(await tidied(state)).toEqual(before);
  });

  it('draws the curve, with a rule at each suggestion', async () => {
    const { chart, points, suggestions } = await findLearningRate(make(), data, options());
    const [raw, , rules] = chart['layer'] as { data: { values: object[] } }[];
    expect(raw?.data.values).toBe(points);
    const proposed = Object.entries(suggestions).flatMap(([name, rate]) =>
      rate === undefined ? [] : [{ name, rate: rate as number }],
    );
    expect(rules?.data.values).toEqual(proposed);
    expect(() => JSON.stringify(chart)).not.toThrow();
  });

  it.each<[Partial<FindLearningRateOptions>, string]>([
    [{ minRate: 0 }, 'minRate must be a finite number > 0. Received: 0'],
    [{ maxRate: 1e-8 }, 'maxRate must be a finite number above minRate, 1e-7. Received: 1e-8'],
    [{ steps: 5 }, 'steps must be an integer of at least 10. Received: 5'],
    [{ stopFactor: 1 }, 'stopFactor must be a finite number above 1. Received: 1'],
    [{ optimizer: tf.train.sgd(0.1) }, 'optimizer must be one of @graftjs/optimizers for find'],
  ])('refuses %o', async (wrong, message) => {
    const given = options(wrong);
    const model = make();
    await expectNoLeak(() => expect(findLearningRate(model, data, given)).rejects.toThrow(message));
  });

  it('refuses a loss that is no number from the start, and a model without an optimizer', async () => {
    const model = make();
    model.setWeights(model.getWeights().map((weight) => tf.fill(weight.shape, NaN)));
    await expect(findLearningRate(model, data, options())).rejects.toThrow(
      'loss must be a finite number for the first batch. Received: NaN',
    );
    model.setWeights(model.getWeights().map((weight) => tf.fill(weight.shape, 1e30)));
    await expect(findLearningRate(model, data, options())).rejects.toThrow(
      'loss must be a finite number for the first batch. Received: Infinity',
    );
    await expect(findLearningRate(make(), data, { loss: 'huber' })).rejects.toThrow(
      'optimizer must be given where the model was not compiled with one',
    );
  });
});

/** Reads a state without leaving the tensors that reading makes. */
async function tidied<T>(read: () => Promise<T>): Promise<T> {
  tf.engine().startScope();
  try {
    return await read();
  } finally {
    tf.engine().endScope();
  }
}
