import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import type { Dataset } from '@graftjs/core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { arrayDataset, type ArrayDatasetOptions } from './array-dataset.js';

const n = 10;
/** Row i of xs is [i, i + 0.5], ys[i] is i: what belongs together can be told. */
const arrays = {
  xs: { data: Float32Array.from({ length: 2 * n }, (_, i) => i / 2), shape: [n, 2] },
  ys: { data: Uint8Array.from({ length: n }, (_, i) => i), shape: [n] },
};

/** Takes an epoch apart: the labels batch by batch, after a check that each stands by its row. */
async function readEpoch(dataset: Dataset): Promise<number[][]> {
  const batches: number[][] = [];
  for await (const { xs, ys } of dataset) {
    const labels = Array.from(await ys.data());
    expect(Array.from(await xs.data())).toEqual(labels.flatMap((label) => [label, label + 0.5]));
    expect(xs.shape).toEqual([labels.length, 2]);
    expect(ys.dtype).toBe('int32');
    batches.push(labels);
    tf.dispose([xs, ys]);
  }
  return batches;
}

let tensorsBefore = 0;
beforeEach(() => {
  tensorsBefore = tf.memory().numTensors;
});
afterEach(() => {
  expect(tf.memory().numTensors).toBe(tensorsBefore);
});

it('gives the examples in their order, the last batch what is left', async () => {
  const dataset = arrayDataset({ ...arrays, batchSize: 4 });
  expect(dataset).toMatchObject({ batches: 3, examples: 10 });
  const expected = [
    [0, 1, 2, 3],
    [4, 5, 6, 7],
    [8, 9],
  ];
  expect(await readEpoch(dataset)).toEqual(expected);
  expect(await readEpoch(dataset)).toEqual(expected);
  dataset.dispose();
});

it('leaves out a batch that is not full', async () => {
  const dataset = arrayDataset({ ...arrays, batchSize: 4, dropRemainder: true });
  expect(dataset.batches).toBe(2);
  expect((await readEpoch(dataset)).map((batch) => batch.length)).toEqual([4, 4]);
  dataset.dispose();
});

it('shuffles each epoch anew, the same for the same seed', async () => {
  const options = { ...arrays, batchSize: 4, shuffle: true, seed: 3 };
  const dataset = arrayDataset(options);
  const epochs = [await readEpoch(dataset), await readEpoch(dataset)];
  for (const epoch of epochs) {
    expect(epoch.map((batch) => batch.length)).toEqual([4, 4, 2]);
    expect(epoch.flat().sort()).toEqual([...arrays.ys.data]);
  }
  expect(epochs[1]).not.toEqual(epochs[0]);

  const again = arrayDataset(options);
  expect([await readEpoch(again), await readEpoch(again)]).toEqual(epochs);
  const other = arrayDataset({ ...options, seed: 4 });
  expect(await readEpoch(other)).not.toEqual(epochs[0]);
  [dataset, again, other].forEach((each) => each.dispose());
});

it('takes a new seed each time where none is given', async () => {
  const options = { ...arrays, batchSize: n, shuffle: true };
  const datasets = Array.from({ length: 5 }, () => arrayDataset(options));
  const orders = new Set<string>();
  for (const dataset of datasets) orders.add((await readEpoch(dataset)).join());
  expect(orders.size).toBeGreaterThan(1);
  datasets.forEach((dataset) => dataset.dispose());
});

it("leaves the caller's tensors to the caller", async () => {
  const xs = tf.tensor(arrays.xs.data, [n, 2]);
  const ys = tf.tensor1d(Int32Array.from(arrays.ys.data), 'int32');
  const dataset = arrayDataset({ xs, ys, batchSize: 5, shuffle: true, seed: 1 });
  expect((await readEpoch(dataset)).flat()).toHaveLength(n);
  dataset.dispose();
  expect(xs.isDisposed || ys.isDisposed).toBe(false);
  tf.dispose([xs, ys]);
});

it.each([true, false])(
  'holds two tensors, and two more for a batch (shuffle: %s)',
  async (shuffle) => {
    const dataset = arrayDataset({ ...arrays, batchSize: 4, shuffle, seed: 1 });
    expect(tf.memory().numTensors).toBe(tensorsBefore + 2);
    for await (const { xs, ys } of dataset) {
      expect(tf.memory().numTensors).toBe(tensorsBefore + 4);
      tf.dispose([xs, ys]);
      break;
    }
    dataset.dispose();
  },
);

it.each([
  ['Gather', true],
  ['Slice', false],
])('runs two kernels for a batch: %s', async (kernel, shuffle) => {
  const dataset = arrayDataset({ ...arrays, batchSize: n, shuffle, seed: 1 });
  const { kernels } = await tf.profile(async () => {
    await readEpoch(dataset);
    return [];
  });
  expect(kernels.map(({ name }) => name.replace('V2', ''))).toEqual([kernel, kernel]);
  dataset.dispose();
});

describe('sample weights', () => {
  const sampleWeights = { data: Float32Array.from({ length: n }, (_, i) => i / 4), shape: [n] };

  it.each([true, false])('stay with their examples (shuffle: %s)', async (shuffle) => {
    const dataset = arrayDataset({ ...arrays, sampleWeights, batchSize: 4, shuffle, seed: 3 });
    expect(tf.memory().numTensors).toBe(tensorsBefore + 3);
    for await (const { xs, ys, sampleWeights: weights } of dataset) {
      expect(tf.memory().numTensors).toBe(tensorsBefore + 6);
      const expected = Array.from(await ys.data(), (label) => label / 4);
      expect(Array.from((await weights?.data()) ?? [])).toEqual(expected);
      tf.dispose([xs, ys, weights as tf.Tensor]);
    }
    dataset.dispose();
  });

  it("may be a tensor, which stays the caller's", async () => {
    const weights = tf.tensor1d(sampleWeights.data);
    const dataset = arrayDataset({ ...arrays, sampleWeights: weights, batchSize: n });
    for await (const batch of dataset) {
      expect(batch.sampleWeights?.shape).toEqual([n]);
      tf.dispose({ ...batch });
    }
    dataset.dispose();
    expect(weights.isDisposed).toBe(false);
    weights.dispose();
  });

  it('are absent from batches where none were given', async () => {
    const dataset = arrayDataset({ ...arrays, batchSize: n });
    for await (const batch of dataset) {
      expect(Object.keys(batch)).toEqual(['xs', 'ys']);
      tf.dispose({ ...batch });
    }
    dataset.dispose();
  });
});

it('keeps the type of the targets', async () => {
  const ys = { data: Float32Array.of(0, 1), shape: [2, 1] };
  const xs = { data: Int32Array.of(1, 2), shape: [2] };
  const dataset = arrayDataset({ xs, ys, batchSize: 2, shuffle: true });
  for await (const batch of dataset) {
    expect([batch.xs.dtype, batch.ys.dtype]).toEqual(['int32', 'float32']);
    expect(batch.ys.shape).toEqual([2, 1]);
    tf.dispose([batch.xs, batch.ys]);
  }
  dataset.dispose();
});

describe('refuses', () => {
  const three = { data: Float32Array.of(1, 2, 3), shape: [3] };

  it.each<[Partial<ArrayDatasetOptions>, string]>([
    [{ batchSize: 0 }, 'batchSize must be a positive integer. Received: 0'],
    [{ batchSize: 2.5 }, 'batchSize must be a positive integer. Received: 2.5'],
    [{ ys: three }, 'ys must be as many examples as xs, 10. Received: 3'],
    [
      { xs: { data: three.data, shape: [2, 2] } },
      'xs must be data that fills its shape. Received: "3 numbers of shape [2, 2]"',
    ],
    [
      { ys: { data: three.data, shape: [] } },
      'ys must be data that fills its shape. Received: "3 numbers of shape []"',
    ],
    [
      { xs: { data: new Float32Array(), shape: [0, 2] } },
      'xs must be at least one example. Received: 0',
    ],
    [
      { batchSize: 11, dropRemainder: true },
      'batchSize must be at most the 10 examples, since dropRemainder leaves no batch else. Received: 11',
    ],
    [{ seed: 0.5 }, 'seed must be an integer. Received: 0.5'],
    [{ sampleWeights: three }, 'sampleWeights must be of the shape [10]. Received: [3]'],
    [
      { sampleWeights: { data: new Float32Array(n), shape: [n, 1] } },
      'sampleWeights must be of the shape [10]. Received: [10,1]',
    ],
    [
      { sampleWeights: { data: three.data, shape: [n] } },
      'sampleWeights must be data that fills its shape. Received: "3 numbers of shape [10]"',
    ],
  ])('%o', (wrong, message) => {
    expect(() => arrayDataset({ ...arrays, batchSize: 4, ...wrong })).toThrow(message);
  });

  it('a scalar', () => {
    const xs = tf.scalar(1);
    expect(() => arrayDataset({ ...arrays, xs, batchSize: 4 })).toThrow(
      'xs must be of one axis or more. Received: "a scalar"',
    );
    xs.dispose();
  });
});
