// The whole experiment on a few made-up images: what is trained, from what, and what is left alone.

import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { arrayDataset } from '@graftjs/image-data';
import { importTensorFlow } from '@graftjs/test-utils';
import { silent } from '../terminal/progress.js';
import type { TaskData } from './data.js';
import { runTrial } from './experiment.js';
import { quick } from './recipe.js';

/** Images that are bright in the rows of their class. */
function task(classes: number, examples: number, float: boolean): TaskData {
  const labels = Array.from({ length: examples }, (_, i) => i % classes);
  const pixels = labels.flatMap((label) =>
    Array.from({ length: 784 }, (_, k) => (Math.floor(k / 28) % 10 === label ? 1 : (k % 7) / 20)),
  );
  const xs = tf.tensor2d(pixels, [examples, 784]);
  const ys = tf.tensor1d(labels, float ? 'float32' : 'int32');
  const set = () => arrayDataset({ xs, ys, batchSize: 16 });
  return { train: { xs, ys }, validation: set(), test: set(), testExamples: { xs, ys } };
}

it.runIf(await importTensorFlow())('grafts B on a copy of A', async () => {
  await tf.setBackend('tensorflow');
  const recipe = { ...quick, a: { ...quick.a, epochs: 2 }, b: { ...quick.b, epochs: 3 } };
  const data = { a: task(8, 80, false), b: task(2, 32, true) };
  const { signal } = new AbortController();
  const { a, b, bOnA } = await runTrial({ recipe, data, seed: 1, progress: silent, signal });

  expect(a.logs.val_accuracy).toHaveLength(2);
  expect(b.logs.loss).toHaveLength(3);
  expect(bOnA.logs.loss).toHaveLength(recipe.frozen.epochs + recipe.unfrozen.epochs);
  expect(bOnA.rates[0]).toBe(1e-2);
  expect(bOnA.rates.at(-1)).toBe(1e-3);
  expect(bOnA.model.layers.map(({ name }) => name)).toEqual([
    ...a.model.layers.slice(0, -1).map(({ name }) => name),
    'shirt',
  ]);
  // B on A went on from A's weights without touching them: near, but not equal.
  const kernel = (model: typeof a.model) => model.getLayer('hidden_1').getWeights()[0] as tf.Tensor;
  const moved = tf.max(tf.abs(tf.sub(kernel(a.model), kernel(bOnA.model)))).dataSync()[0] as number;
  expect(moved).toBeGreaterThan(0);
  expect(moved).toBeLessThan(0.1);
  const apart = tf.max(tf.abs(tf.sub(kernel(a.model), kernel(b.model)))).dataSync()[0] as number;
  expect(apart).toBeGreaterThan(0.1);
});
