// Features on the disk: found again, never taken for others, and finished where a run was ended.

import '@tensorflow/tfjs-backend-cpu';
import { spawnSync } from 'node:child_process';
import {
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  truncate,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { layers, sequential, type LayersModel } from '@tensorflow/tfjs-layers';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Batch, Dataset } from '@graftjs/core';
import type { Augment } from '../index.js';
import { expectNoLeak } from '@graftjs/test-utils';
import { cacheFeatures, identifyFiles, type CacheFeaturesOptions } from '../node.js';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'graft features '));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

function makeBase(kernelInitializer: 'ones' | 'zeros' = 'ones'): LayersModel {
  const double = layers.dense({ units: 2, inputShape: [1], kernelInitializer, name: 'double' });
  return sequential({ layers: [double], name: 'base' });
}

/** Example i is i, and its target i. `augmented` are those for which features were computed. */
function counting(examples: number, batchSize = 2) {
  const augmented: number[] = [];
  const data: Dataset = {
    ...{ batches: Math.ceil(examples / batchSize), examples },
    async *[Symbol.asyncIterator]() {
      for (let i = 0; i < examples; i += batchSize) {
        const count = Math.min(batchSize, examples - i);
        const ys = tf.range(i, i + count, 1, 'int32');
        yield { xs: tf.tidy(() => tf.reshape(tf.cast(ys, 'float32'), [count, 1])), ys };
      }
    },
  };
  /** Variant v of example i is i + 100·v. */
  const augment: Augment = (xs, { variant, index }) => {
    augmented.push(...xs.dataSync());
    expect(xs.dataSync()[0]).toBe(index);
    return tf.add(xs, 100 * variant);
  };
  return Object.assign(data, { augmented, augment });
}

const cache = (
  base: LayersModel,
  data: ReturnType<typeof counting>,
  more: Partial<CacheFeaturesOptions> = {},
) => {
  const { augment } = data;
  const options = { folder, identity: 'counting', shuffle: false, seed: 1, augment };
  return cacheFeatures(base, data, { ...options, ...more });
};

async function readEpoch(data: Dataset): Promise<number[]> {
  const values: number[] = [];
  for await (const { xs, ys } of data) {
    const [features, targets] = [await xs.data(), await ys.data()];
    expect(xs.shape).toEqual([targets.length, 2]);
    expect(ys.dtype).toBe('int32');
    targets.forEach((target, i) => expect(features[2 * i]! % 100).toBe(target));
    for (let i = 0; i < features.length; i += 2) values.push(features[i]!);
    tf.dispose([xs, ys]);
  }
  return values;
}

it('computes once what later runs find', async () => {
  const first = await cache(makeBase(), counting(5));
  expect(await readEpoch(first)).toEqual([0, 1, 2, 3, 4]);
  await first.dispose();
  const data = counting(5);
  const second = await cache(makeBase(), data);
  expect(data.augmented).toEqual([]);
  expect(await readEpoch(second)).toEqual([0, 1, 2, 3, 4]);
  await second.dispose();
  expect((await readdir(folder)).map((name) => name.replace(/^[0-9a-f]{32}/, 'key'))).toEqual([
    'key.features',
  ]);
});

it('does not take them for those of other weights, layers or data', async () => {
  await cache(makeBase(), counting(5));
  const others: [LayersModel, object][] = [
    [makeBase('zeros'), {}],
    [sequential({ layers: [...makeBase().layers, layers.reLU()], name: 'base' }), {}],
    [makeBase(), { identity: { files: ['other'] } }],
  ];
  for (const [base, options] of others) {
    const data = counting(5);
    await cache(base, data, options);
    expect(data.augmented).toHaveLength(5);
  }
  expect(await readdir(folder)).toHaveLength(4);
});

it.each([1, 3])(
  'reads from the disk what is more than memory may hold, and gives the same: %d variants',
  async (variants) => {
    const options = { variants, shuffle: true, batchSize: 4 };
    const held = await cache(makeBase(), counting(9), options);
    const streamed = await cache(makeBase(), counting(9), { ...options, maxMemory: 0 });
    for (let epoch = 0; epoch < 4; epoch++)
      expect(await readEpoch(streamed)).toEqual(await readEpoch(held));
    await Promise.all([held.dispose(), streamed.dispose()]);
    await expect(readEpoch(streamed)).rejects.toThrow();
  },
);

it('goes on with the example that a run which was killed had come to', async () => {
  const stop = new AbortController();
  const onBatch = (examples: number) => examples >= 6 && stop.abort(new Error('enough'));
  const ended = cache(makeBase(), counting(10), { variants: 2, onBatch, signal: stop.signal });
  await expect(ended).rejects.toThrow('enough');
  // As a process leaves it that was killed while it wrote an example.
  const [part] = await readdir(folder);
  const { pid } = spawnSync(process.execPath, ['-e', '']);
  const left = join(folder, part!.replace(/\d+\.part$/, `${pid}.part`));
  await rename(join(folder, part!), left);
  await truncate(left, (await stat(left)).size - 5);

  const data = counting(10, 4);
  const told: number[] = [];
  const features = await cache(makeBase(), data, {
    ...{ variants: 2, onBatch: (examples) => void told.push(examples) },
  });
  // Five examples were whole.
  expect(data.augmented).toEqual([5, 6, 7, 5, 6, 7, 8, 9, 8, 9]);
  expect(told).toEqual([4, 8, 10]);
  const all = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
  expect(await readEpoch(features)).toEqual(all);
  expect(await readEpoch(features)).toEqual(all.map((i) => i + 100));
  expect(await readdir(folder)).toEqual([part!.replace(/\.\d+\.part$/, '')]);
});

it('does not touch what a running process writes', async () => {
  const stop = new AbortController();
  const onBatch = () => stop.abort(new Error('enough'));
  const ended = cache(makeBase(), counting(5), { onBatch, signal: stop.signal });
  await expect(ended).rejects.toThrow('enough');
  const [part] = await readdir(folder);
  const running = join(folder, part!.replace(/\d+\.part$/, `${process.ppid}.part`));
  await rename(join(folder, part!), running);
  const before = await readFile(running);
  const data = counting(5);
  const both = [cache(makeBase(), data), cache(makeBase(), counting(5))];
  const [first, second] = await Promise.allSettled(both);
  expect(first?.status).toBe('fulfilled');
  expect(second).toMatchObject({
    reason: { message: expect.stringMatching(/\.features is being written$/) as string },
  });
  expect(data.augmented).toHaveLength(5);
  expect(await readFile(running)).toEqual(before);
});

it('has integers, numbers and weights as the data had them', async () => {
  const weighted: Dataset = {
    ...{ batches: 1, examples: 2 },
    async *[Symbol.asyncIterator](): AsyncGenerator<Batch> {
      const ys = tf.tensor2d([1, 0, 0.5, 0.25], [2, 2]);
      yield { xs: tf.ones([2, 1]), ys, sampleWeights: tf.tensor1d([10, 20]) };
    },
  };
  for (const maxMemory of [0, 1e6]) {
    const options = { folder, identity: 'weighted', shuffle: false, maxMemory };
    const features = await cacheFeatures(makeBase(), weighted, options);
    for await (const { xs, ys, sampleWeights } of features) {
      expect(xs.arraySync()).toEqual([[1, 1], [1, 1]]); // prettier-ignore
      expect(ys.arraySync()).toEqual([[1, 0], [0.5, 0.25]]); // prettier-ignore
      expect([...sampleWeights!.dataSync()]).toEqual([10, 20]);
    }
    await features.dispose();
  }
});

it.each<[string, (path: string) => Promise<void>]>([
  ['shorter', async (path) => truncate(path, (await stat(path)).size - 12)],
  ['no file of features', (path) => writeFile(path, 'x'.repeat(5000))],
  ['empty', (path) => writeFile(path, '')],
])('computes anew where a file is %s', async (_, damage) => {
  await cache(makeBase(), counting(5));
  const path = join(folder, (await readdir(folder))[0]!);
  const whole = await readFile(path);
  await damage(path);
  expect(await readEpoch(await cache(makeBase(), counting(5)))).toEqual([0, 1, 2, 3, 4]);
  expect(await readFile(path)).toEqual(whole);
});

it('lets what was not used for longest make room, and refuses what does not fit', async () => {
  const size = 1024 + 5 * 12;
  for (const identity of ['a', 'b', 'c']) {
    await cache(makeBase(), counting(5), { identity });
    const names = await readdir(folder);
    for (const name of names) await utimes(join(folder, name), 1, names.length);
  }
  const [a] = await readdir(folder);
  await utimes(join(folder, a!), 1, 99);
  await cache(makeBase(), counting(5), { identity: 'd', maxDisk: 2 * size });
  const names = await readdir(folder);
  expect(names).toHaveLength(2);
  expect(names).toContain(a);
  await expect(
    cache(makeBase(), counting(5), { identity: 'e', maxDisk: size - 1 }),
  ).rejects.toThrow(
    `maxDisk must be at least ${size} bytes for these features. Received: ${size - 1}`,
  );
  expect(await readdir(folder)).toEqual(names);
});

it('says where it cannot write, and leaves nothing', async () => {
  await writeFile(join(folder, 'file'), '');
  const failing = cache(makeBase(), counting(5), { folder: join(folder, 'file', 'inner') });
  await expect(failing).rejects.toThrow(/inner.*\.features cannot be written: ENOTDIR/);
  await expect(cache(makeBase(), counting(5), { identity: undefined })).rejects.toThrow(
    'identity must be a value that JSON can hold. Received: undefined',
  );
  await expect(cache(makeBase(), counting(5), { maxMemory: NaN })).rejects.toThrow(
    'maxMemory must be a number of bytes. Received: NaN',
  );
  const base = makeBase();
  await expectNoLeak(async () => {
    const features = await cache(base, counting(5));
    await readEpoch(features);
    await features.dispose();
  });
});

it('identifies a file by its place, size and time', async () => {
  const path = join(folder, 'a.jpg');
  await writeFile(path, 'abc');
  await utimes(path, 5, 7);
  expect(await identifyFiles([path])).toEqual([[path, 3, 7000]]);
  await expect(identifyFiles([join(folder, 'b.jpg')])).rejects.toThrow(
    'b.jpg cannot be read: ENOENT',
  );
});
