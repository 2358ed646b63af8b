import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { augment } from '../augmentation/augment.js';
import { flowFromDirectory } from './flow-from-directory.js';
import { flowFromManifest } from './flow-from-manifest.js';
import { readImageManifest } from './image-manifest.js';

let folder: string;
/** Photo i of 12 is of the grey 20 · i; the classes a and b have six each. */
const paths = Array.from({ length: 12 }, (_, i) => `${i < 6 ? 'a' : 'b'}/${i + 10}.png`);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'graft-flow-'));
  await Promise.all(['a', 'b'].map((name) => mkdir(join(folder, name))));
  await Promise.all(
    paths.map(async (path, i) => {
      const background = { r: 20 * i, g: 20 * i, b: 20 * i };
      await sharp({ create: { width: 5, height: 4, channels: 3, background } })
        .png()
        .toFile(join(folder, path));
    }),
  );
});
afterAll(() => rm(folder, { recursive: true }));

const size = [4, 4] as const;
const greys = async (data: Awaited<ReturnType<typeof flowFromDirectory>>) => {
  const result: [number, number[]][] = [];
  for await (const { xs, ys } of data) {
    const images = (await tf.slice(xs, [0, 0, 0, 0], [-1, 1, 1, 1]).data()) as Float32Array;
    const labels = ys.rank === 1 ? tf.reshape(ys, [-1, 1]) : ys;
    const all = (await labels.array()) as number[][];
    images.forEach((grey, i) => result.push([grey / 20, all[i] as number[]]));
    tf.dispose([xs, ys]);
  }
  return result;
};

describe('flowFromDirectory', () => {
  it('has the classes, their indices, and all photos in order', async () => {
    const data = await flowFromDirectory(folder, { size, batchSize: 5 });
    expect([data.classNames, data.classIndices]).toEqual([['a', 'b'], { a: 0, b: 1 }]);
    expect([data.examples, data.batches]).toEqual([12, 3]);
    expect(data.images.map(({ path }) => relative(folder, path))).toEqual(paths);
    expect(await greys(data)).toEqual(paths.map((_, i) => [i, [i < 6 ? 0 : 1]]));
  });

  it('splits each class alike in both calls, by the seed', async () => {
    const part = async (subset: 'training' | 'validation', seed?: number) => {
      const options = { size, validationSplit: 0.34, subset, ...(seed !== undefined && { seed }) };
      return (await flowFromDirectory(folder, options)).images.map(({ path }) => path);
    };
    for (const seed of [undefined, 3]) {
      const [training, validation] = [await part('training', seed), await part('validation', seed)];
      expect([training.length, validation.length]).toEqual([8, 4]);
      expect([...training, ...validation].sort()).toEqual(paths.map((path) => join(folder, path)));
    }
    expect(await part('validation', 3)).not.toEqual(await part('validation'));
  });

  it('gives labels in every mode', async () => {
    const categorical = await flowFromDirectory(folder, { size, labelMode: 'categorical' });
    expect((await greys(categorical))[7]).toEqual([7, [0, 1]]);
    for await (const { xs, ys } of await flowFromDirectory(folder, { size, labelMode: 'none' })) {
      expect([xs.shape, ys.shape]).toEqual([
        [12, 4, 4, 3],
        [12, 0],
      ]);
      tf.dispose([xs, ys]);
    }
    const input = await flowFromDirectory(folder, { size, labelMode: 'input' });
    for await (const { xs, ys } of augment(input, { rescale: 0.5 })) {
      const [half, whole] = [await xs.data(), await ys.data()];
      expect(Array.from(half, (value) => 2 * value)).toEqual(Array.from(whole));
      tf.dispose([xs, ys]);
    }
  });

  it('takes a folder without classes where there are to be none', async () => {
    const data = await flowFromDirectory(join(folder, 'a'), { size, labelMode: 'none' });
    expect([data.examples, data.classNames]).toEqual([6, []]);
    await expect(flowFromDirectory(join(folder, 'a'), { size })).rejects.toThrow(
      'must have a folder for each class',
    );
  });

  it.each<[Record<string, unknown>, string]>([
    [{ subset: 'training' }, 'subset must be given with validationSplit, and it with subset.'],
    [{ subset: 'test', validationSplit: 0.5 }, 'subset must be training or validation.'],
    [{ subset: 'training', validationSplit: 1 }, 'share must be above 0 and below 1. Received: 1'],
    [{ classNames: ['a', 'a'] }, 'classNames must be different names. Received: ["a","a"]'],
    [{ classNames: ['a'] }, 'classes must be an integer of at least 2. Received: 1'],
  ])('refuses %o', async (options, message) => {
    await expect(flowFromDirectory(folder, { size, ...options })).rejects.toThrow(message);
  });
});

describe('a list of photos', () => {
  const write = async (name: string, text: string) => {
    await writeFile(join(folder, name), text);
    return join(folder, name);
  };

  it('is read from CSV: columns by name, quotes, a byte order mark, paths from where it lies', async () => {
    const csv =
      '\ufefffilename,"class",note\r\na/10.png, big cat ,"x, y"\r\n\r\n"b/16.png",dog,\r\n';
    const path = await write('list.csv', csv);
    const columns = { pathColumn: 'filename', labelColumn: 'class' };
    const { classNames, images } = await readImageManifest(path, columns);
    expect(classNames).toEqual(['big cat', 'dog']);
    expect(images).toEqual([
      { path: join(folder, 'a/10.png'), label: 0 },
      { path: join(folder, 'b/16.png'), label: 1 },
    ]);
    const data = await flowFromManifest(path, { size, ...columns });
    expect(data.classIndices).toEqual({ 'big cat': 0, dog: 1 });
    expect(await greys(data)).toEqual([
      [0, [0]],
      [6, [1]],
    ]);
  });

  it('is read from JSON, with numbers for labels and another folder', async () => {
    const rows = [10, 2, 10].map((label, i) => ({ path: `${i}.png`, label }));
    const path = await write('list.JSON', JSON.stringify(rows));
    const { classNames, images } = await readImageManifest(path, { folder: '/photos' });
    expect(classNames).toEqual(['2', '10']);
    expect(images.map(({ label }) => label)).toEqual([1, 0, 1]);
    expect(images[0]?.path).toBe('/photos/0.png');
  });

  it('takes labels as they are composed, in the order that is asked for', async () => {
    const path = await write('forms.csv', `path,label\n1.png,${'개'.normalize('NFD')}\n2.png,x\n`);
    const { images } = await readImageManifest(path, { classNames: ['x', '개'] });
    expect(images.map(({ label }) => label)).toEqual([1, 0]);
  });

  it.each<[string, string, string]>([
    ['no.csv', 'file,label\n1.png,a\n', 'no.csv, line 2 must have a path. It has file, label'],
    ['gap.csv', 'path,label\n1.png,a\n2.png,\n', 'gap.csv, line 3 must have a label.'],
    ['bad.csv', 'path,label\n"1.png,a\n', 'bad.csv is no CSV: '],
    ['none.csv', 'path,label\n', 'none.csv must list at least one photo. It has none'],
    ['bad.json', '[{', 'bad.json is no JSON: '],
    ['object.json', '{}', 'object.json must hold an array of objects'],
    ['text.json', '["a"]', 'text.json, entry 0 must be an object. Received: "a"'],
    ['proto.json', '[{}]', 'proto.json, entry 0 must have a path. It has nothing'],
  ])('refuses %s', async (name, text, message) => {
    await expect(readImageManifest(await write(name, text))).rejects.toThrow(message);
  });

  it('refuses a label that is no class, and a list that is not there', async () => {
    const path = await write('other.csv', 'path,label\n1.png,bird\n');
    await expect(readImageManifest(path, { classNames: ['cat', 'dog'] })).rejects.toThrow(
      'line 2 must be one of cat, dog. Received: bird',
    );
    await expect(readImageManifest(join(folder, 'nowhere.csv'))).rejects.toThrow('ENOENT');
  });
});

it('reads no more than two batches ahead, however many photos there are', async () => {
  const broken = join(folder, 'broken.jpg');
  await writeFile(broken, '');
  const rows = Array.from({ length: 500 }, (_, i) => ({
    path: i % 4 === 0 ? paths[i % 12] : 'broken.jpg',
    label: i % 2,
  }));
  await writeFile(join(folder, 'many.json'), JSON.stringify(rows));
  let told = 0;
  const options = { size, batchSize: 8, onBroken: () => void told++ };
  const data = await flowFromManifest(join(folder, 'many.json'), options);
  const { numTensors } = tf.memory();
  let batches = 0;
  for await (const batch of data) {
    tf.dispose({ ...batch });
    await new Promise((resolve) => setTimeout(resolve, 30));
    // Of each batch two photos are whole. It was taken; two more are ready, and one more is on its way.
    expect(told).toBeLessThanOrEqual(6 * (batches + 4));
    batches += 1;
    if (batches === 4) break;
  }
  expect(told).toBeGreaterThanOrEqual(24);
  expect(tf.memory().numTensors).toBe(numTensors);
});
