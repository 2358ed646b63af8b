import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import * as layers from '@tensorflow/tfjs-layers';
import { describe, expect, it } from 'vitest';
import { isGraftError, type Callback, type Dataset, type Logs } from '@graftjs/core';
import { expectNoLeak, tensorDataset } from '@graftjs/test-utils';
import { evaluate } from './evaluate.js';
import { fit, type FitOptions } from './fit.js';

const { dense, dropout, batchNormalization } = layers.layers;
const stack = (...list: layers.layers.Layer[]) => layers.sequential({ layers: list });

/** y = x₀ − x₁ on ten examples: with batches of 4 the last has 2. */
const xs = tf.randomNormal([10, 2], 0, 1, 'float32', 3);
const ys = tf.sub(tf.slice(xs, [0, 0], [10, 1]), tf.slice(xs, [0, 1], [10, 1]));
const data = tensorDataset(xs, ys, 4);

const linear = (options: object = {}) => stack(dense({ units: 1, inputShape: [2], ...options }));
const optimizer = tf.train.sgd(0.1);
const options = (more: Partial<FitOptions> = {}): FitOptions => ({
  ...{ optimizer, loss: 'meanSquaredError', epochs: 2 },
  ...more,
});
const numbers = (model: layers.LayersModel) =>
  model.getWeights().map((weight) => Array.from(weight.dataSync()));

describe('fit learns', () => {
  it('what plain gradient descent in float64 learns, and logs the means it saw', async () => {
    const model = linear({ useBias: false, kernelInitializer: 'zeros' });
    const { logs } = await fit(model, data, options());
    const [x, y] = [xs.arraySync() as number[][], Array.from(ys.dataSync())];
    let w = [0, 0];
    const losses: number[] = [];
    for (let epoch = 0; epoch < 2; epoch++) {
      let sum = 0;
      for (const [start, size] of [
        [0, 4],
        [4, 4],
        [8, 2],
      ] as const) {
        const rows = x.slice(start, start + size).map((row, i) => [row, y[start + i]] as const);
        const errors = rows.map(([row, t]) => row[0]! * w[0]! + row[1]! * w[1]! - t!);
        sum += errors.reduce((total, e) => total + e * e, 0);
        w = w.map(
          (v, k) =>
            v - (0.1 * 2 * rows.reduce((g, [row], i) => g + errors[i]! * row[k]!, 0)) / size,
        );
      }
      losses.push(sum / 10);
    }
    numbers(model)[0]?.forEach((value, i) => expect(value).toBeCloseTo(w[i]!, 5));
    logs.loss?.forEach((value, i) => expect(value).toBeCloseTo(losses[i]!, 5));
  });

  it('with the optimizer and loss that stock tfjs compiled, also a function', async () => {
    const squared = (t: tf.Tensor, p: tf.Tensor) => tf.squaredDifference(t, p);
    const [byName, byFunction] = [linear(), linear()];
    byFunction.setWeights(byName.getWeights());
    byName.compile({ optimizer: 'sgd', loss: 'meanSquaredError' });
    byFunction.compile({ optimizer: 'sgd', loss: squared });
    const a = await fit(byName, data, { epochs: 1 });
    const b = await fit(byFunction, data, { epochs: 1 });
    expect(b.logs).toEqual(a.logs);
    expect(numbers(byFunction)).toEqual(numbers(byName));
  });

  it('gives names and engine of the history', async () => {
    const own = function distance(t: tf.Tensor, p: tf.Tensor) {
      return tf.abs(tf.sub(t, p));
    };
    const history = await fit(linear(), data, options({ metrics: [own], validation: data }));
    expect(Object.keys(history.logs)).toEqual(['loss', 'distance', 'val_loss', 'val_distance']);
    expect(Object.values(history.logs).map(({ length }) => length)).toEqual([2, 2, 2, 2]);
    expect(history.engine).toEqual({
      name: 'eager',
      reason: 'backend cpu has no registered step compiler',
    });
    const eager = await fit(linear(), data, options({ runEagerly: true }));
    expect(eager.engine).toEqual({ name: 'eager', reason: 'runEagerly was asked for' });
  });

  it('validates as evaluate does', async () => {
    const model = linear({ kernelRegularizer: layers.regularizers.l2() });
    const { logs } = await fit(model, data, options({ validation: data }));
    const { loss } = await evaluate(model, data, { loss: 'meanSquaredError' });
    expect(logs.val_loss?.at(-1)).toBe(loss);
  });
});

describe('fit trains as Keras does', () => {
  it('constraints hold after every step', async () => {
    const kernelConstraint = layers.constraints.maxNorm({ maxValue: 0.3 });
    const model = linear({ kernelConstraint });
    const norms: number[] = [];
    const onBatchEnd = () => void norms.push(Math.hypot(...(numbers(model)[0] as number[])));
    await fit(model, data, options({ optimizer: tf.train.sgd(1), callbacks: [{ onBatchEnd }] }));
    expect(norms).toHaveLength(6);
    for (const norm of norms) expect(norm).toBeLessThan(0.3 + 1e-6);
  });

  it('a frozen norm stays as it is, one that trains moves', async () => {
    const norms = [false, true].map((trainable) =>
      batchNormalization({ inputShape: [2], trainable }),
    );
    for (const norm of norms) {
      const model = stack(norm, dense({ units: 1 }));
      const values = () => norm.weights.map((weight) => Array.from(weight.read().dataSync()));
      const before = values();
      await fit(model, data, options());
      const moved = values().map((value, i) => !tf.util.arraysEqual(value, before[i]!));
      expect(moved).toEqual(Array(4).fill(norm.trainable));
    }
  });

  it('a frozen nested model stays as it is, and is not penalised', async () => {
    const inner = stack(
      dense({ units: 2, inputShape: [2], kernelRegularizer: layers.regularizers.l2({ l2: 100 }) }),
      batchNormalization(),
    );
    inner.trainable = false;
    const model = stack(inner, dense({ units: 1 }));
    const before = numbers(inner);
    const { logs } = await fit(model, data, options({ optimizer: tf.train.sgd(0.01) }));
    expect(numbers(inner)).toEqual(before);
    expect(logs.loss?.[0]).toBeLessThan(50);
  });

  it('cross-entropy is finite and exact where probabilities are 0', async () => {
    const last = dense({ units: 2, inputShape: [2], activation: 'softmax', useBias: false });
    const model = stack(last);
    model.setWeights([
      tf.tensor2d([
        [1000, -1000],
        [0, 0],
      ]),
    ]);
    const wrong = tensorDataset(tf.tensor2d([[1, 1]]), tf.tensor1d([1]), 1);
    const loss = 'sparseCategoricalCrossentropy';
    const { logs } = await fit(model, wrong, options({ loss, metrics: ['accuracy'], epochs: 1 }));
    expect(logs).toEqual({ loss: [2000], accuracy: [0] });
    // The gradient is ±1, not 0: descent moves both weights.
    expect(numbers(model)[0]).toEqual([1000 - 0.1, -1000 + 0.1, -0.1, 0.1].map(Math.fround));
  });
});

describe('callbacks', () => {
  function recorder(calls: string[], name: string): Callback {
    const pause = () => new Promise((resolve) => setTimeout(resolve, 1));
    const note = (what: string) => async () => {
      await pause();
      calls.push(`${name} ${what}`);
    };
    return {
      onTrainBegin: ({ epochs, batches }) => note(`begin ${epochs}×${batches}`)(),
      onEpochBegin: (epoch) => note(`epoch ${epoch}`)(),
      onBatchEnd: ({ epoch, batch, batches }) => note(`batch ${epoch}.${batch}/${batches}`)(),
      onEpochEnd: (epoch) => note(`end ${epoch}`)(),
      onTrainEnd: note('finished'),
    };
  }

  it('are called in order, and waited for', async () => {
    const calls: string[] = [];
    const callbacks = [recorder(calls, 'a'), {}, recorder(calls, 'b')];
    await fit(linear(), tensorDataset(xs, ys, 5), options({ callbacks }));
    const events = [
      'begin 2×2',
      ...[0, 1].flatMap((e) => [`epoch ${e}`, `batch ${e}.0/2`, `batch ${e}.1/2`, `end ${e}`]),
      'finished',
    ];
    expect(calls).toEqual(events.flatMap((event) => [`a ${event}`, `b ${event}`]));
  });

  it('read the means so far, and those of the epoch at its end', async () => {
    const seen: Logs[] = [];
    const ends: Logs[] = [];
    const { logs } = await fit(linear(), data, {
      ...options(),
      callbacks: [
        {
          onBatchEnd: async ({ readLogs }) => void seen.push(await readLogs()),
          onEpochEnd: (_, epochLogs) => void ends.push(epochLogs),
        },
      ],
    });
    expect(seen).toHaveLength(6);
    expect([seen[2]?.loss, seen[5]?.loss]).toEqual(logs.loss);
    expect(ends.map(({ loss }) => loss)).toEqual(logs.loss);
  });
});

describe('fit that is stopped', () => {
  const failing: [string, Callback, string][] = [
    ['onTrainBegin', { onTrainBegin: () => fail() }, 'begin'],
    ['onBatchEnd', { onBatchEnd: () => Promise.reject(new Error('mine')) }, 'batch'],
    ['onEpochEnd', { onEpochEnd: () => fail() }, 'epoch'],
  ];
  function fail(): never {
    throw new Error('mine');
  }
  const model = stack(
    batchNormalization({ inputShape: [2], trainable: false }),
    dense({ units: 1, activation: 'sigmoid' }),
  );
  const untouched = () => model.layers.every((layer) => !Object.hasOwn(layer, 'call'));

  it.each(failing)('by an exception in %s leaves nothing behind', async (_, callback) => {
    await expectNoLeak(() =>
      expect(fit(model, data, options({ callbacks: [callback] }))).rejects.toThrow('mine'),
    );
    expect(untouched()).toBe(true);
  });

  it('by the data leaves nothing behind', async () => {
    const broken: Dataset = {
      ...{ batches: 2, examples: 8 },
      async *[Symbol.asyncIterator]() {
        yield { xs: tf.zeros([4, 2]), ys: tf.zeros([4, 1]) };
        fail();
      },
    };
    const misshapen = (x: number[], y: number[]): Dataset => ({
      ...{ batches: 1, examples: 4 },
      async *[Symbol.asyncIterator]() {
        yield { xs: tf.zeros(x), ys: tf.zeros(y) };
      },
    });
    await expectNoLeak(async () => {
      await expect(fit(model, broken, options())).rejects.toThrow('mine');
      await expect(fit(model, misshapen([4, 3], [4, 1]), options())).rejects.toThrow(
        "xs must have the shape of the model's input, [any, 2]. Received: [4,3]",
      );
      await expect(fit(model, misshapen([4, 2], [3, 1]), options())).rejects.toThrow(
        'ys must have the shape [4,1] or [4] for this loss. Received: [3,1]',
      );
    });
    expect(untouched()).toBe(true);
  });

  it('by its signal keeps what it has learned, and closes the data', async () => {
    const stop = new AbortController();
    let closed = false;
    const watched: Dataset = {
      ...{ batches: 3, examples: 10 },
      async *[Symbol.asyncIterator]() {
        try {
          yield* data;
        } finally {
          closed = true;
        }
      },
    };
    let learned: number[][] = [];
    const onBatchEnd = ({ batch }: { batch: number }) => {
      if (batch < 1) return;
      learned = numbers(model);
      stop.abort(new Error('enough'));
    };
    const before = numbers(model);
    await expectNoLeak(() =>
      expect(
        fit(model, watched, options({ signal: stop.signal, callbacks: [{ onBatchEnd }] })),
      ).rejects.toThrow('enough'),
    );
    expect(closed).toBe(true);
    expect(untouched()).toBe(true);
    expect(numbers(model)).toEqual(learned);
    expect(learned).not.toEqual(before);
  });
});

it('leaks nothing when all goes well', async () => {
  const model = linear();
  await expectNoLeak(() => fit(model, data, options({ validation: data, metrics: ['accuracy'] })));
});

describe('a seed of fit', () => {
  const dropping = () => stack(dropout({ rate: 0.5, inputShape: [2] }), dense({ units: 1 }));
  const start = dropping().getWeights();
  async function learned(seed: number | undefined): Promise<number[][]> {
    const model = dropping();
    model.setWeights(start);
    await fit(model, data, options({ ...(seed !== undefined && { seed }) }));
    return numbers(model);
  }

  it('decides what dropout without a seed of its own drops', async () => {
    const [first, again, other] = [await learned(1), await learned(1), await learned(2)];
    expect(again).toEqual(first);
    expect(other).not.toEqual(first);
    expect(await learned(undefined)).not.toEqual(await learned(undefined));
  });
});

describe('fit refuses', () => {
  const twoOutputs = () => {
    const input = layers.input({ shape: [2] });
    const outputs = [1, 2].map((units) => dense({ units }).apply(input) as layers.SymbolicTensor);
    return layers.model({ inputs: input, outputs });
  };
  it.each<[string, Partial<FitOptions>, string]>([
    ['no epochs', { epochs: 0 }, 'epochs must be a positive integer. Received: 0'],
    ['half an epoch', { epochs: 0.5 }, 'epochs must be a positive integer. Received: 0.5'],
    ['half a seed', { seed: 0.5 }, 'seed must be an integer. Received: 0.5'],
    ['a loss it does not know', { loss: 'mse' as never }, 'loss must be a function or one of'],
    [
      'a tensor as validation',
      { validation: xs as never },
      'validation must be a Dataset: an async iterable with `batches`',
    ],
    [
      'empty validation',
      { validation: { ...data, batches: 0 } },
      'validation must be a dataset with at least one batch. Received: "0 batches"',
    ],
  ])('%s', async (_, more, message) => {
    await refuses(linear(), data, options(more), message);
  });

  it.each<[string, layers.LayersModel, unknown, string]>([
    [
      'arrays as data',
      linear(),
      [[1]],
      'data must be a Dataset: an async iterable with `batches`. Received: [[1]]',
    ],
    [
      'no data',
      linear(),
      undefined,
      'data must be a Dataset: an async iterable with `batches`. Received: undefined',
    ],
    [
      'a model with two outputs',
      twoOutputs(),
      data,
      'model must be a model with one input and one output. Received: {"inputs":1,"outputs":2}',
    ],
    ['a model that is not built', layers.sequential(), data, 'Received: {"inputs":0,"outputs":0}'],
    [
      'a frozen model',
      linear({ trainable: false }),
      data,
      'model must have trainable weights; all of its layers are frozen',
    ],
  ])('%s', async (_, model, dataset, message) => {
    await refuses(model, dataset as Dataset, options(), message);
  });

  it('to guess an optimizer', async () => {
    await refuses(
      linear(),
      data,
      { epochs: 1, loss: 'meanSquaredError' },
      'optimizer must be given',
    );
  });

  async function refuses(...[model, dataset, given, message]: [...Parameters<typeof fit>, string]) {
    const error: unknown = await fit(model, dataset, given).catch((e: unknown) => e);
    expect(isGraftError(error) && error.message).toContain(message);
  }
});
