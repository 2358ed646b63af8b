// The scripts of examples/, run on little data.

import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { loadFashionMnist } from '@graftjs/image-data/node';
import { importTensorFlow } from '@graftjs/test-utils';

const hasTensorFlow = await importTensorFlow();
const noPictures = await loadFashionMnist({ offline: true }).then(
  () => '',
  () => ' (skipped: Fashion-MNIST is not on this machine yet; npm start fetches it)',
);

let folder = '';
const { argv } = process;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'graft-examples-'));
});
afterEach(async () => {
  process.argv = argv;
  vi.restoreAllMocks();
  await rm(folder, { recursive: true, force: true });
});

/** What a script prints. */
async function runScript(load: () => Promise<unknown>, ...args: string[]): Promise<string> {
  const print = vi.spyOn(console, 'log').mockImplementation(() => undefined);
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
  process.argv = [...argv.slice(0, 2), ...args];
  await load();
  return print.mock.calls
    .map((words) => words.map((word) => JSON.stringify(word)).join(' '))
    .join('\n');
}

/** Red cats and blue dogs, of many shades. */
async function paintPhotos(): Promise<void> {
  const { node } = await import('@tensorflow/tfjs-node-gpu');
  for (const set of ['train', 'val']) {
    for (const [kind, color] of Object.entries({ cat: [1, 0.2, 0.1], dog: [0.1, 0.2, 1] })) {
      await mkdir(join(folder, set, kind), { recursive: true });
      for (let i = 0; i < 12; i++) {
        const noise = tf.randomUniform([40, 40, 3], 0, 255, 'float32', 100 * color[0]! + i);
        const image = tf.cast(tf.mul(noise, color), 'int32') as tf.Tensor3D;
        await writeFile(join(folder, set, kind, `${i}.png`), await node.encodePng(image));
      }
    }
  }
}

describe.runIf(hasTensorFlow)('examples', () => {
  it('dogs-vs-cats learns, saves a model, and asks it', async () => {
    await paintPhotos();
    const out = join(folder, 'model.h5');
    const options = [
      '--random',
      '--size',
      '64',
      '--variants',
      '2',
      '--epochs',
      '200',
      '--out',
      out,
    ];
    const load = () => import('../../examples/dogs-vs-cats/train.mjs');
    const printed = await runScript(load, folder, ...options);
    expect(printed).toContain('"class indices:" {"cat":0,"dog":1}');
    expect(Number(/right: ([\d.]+) % of 24 photos/.exec(printed)?.[1])).toBeGreaterThan(90);
    expect(printed).toMatch(/val\/cat\/0\.png: cat/);
    expect(existsSync(out)).toBe(true);
  });

  it.skipIf(noPictures)(`fashion-mnist-transfer trains A, B, and B on A${noPictures}`, async () => {
    const load = () => import('../../examples/fashion-mnist-transfer/train.mjs');
    const printed = await runScript(load, '--epochs', '1');
    const accuracies = [...printed.matchAll(/"([^":]+): ([\d.]+) % of the test pictures right/g)];
    expect(accuracies.map(([, name]) => name)).toEqual(['A', 'B from scratch', 'B on A']);
    const [a, , bOnA] = accuracies.map(([, , accuracy]) => Number(accuracy));
    expect(a).toBeGreaterThan(70);
    expect(bOnA).toBeGreaterThan(95);
  });
});
