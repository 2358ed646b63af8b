// The whole experiment on a few made-up images: what is trained, from what, and that Keras reads what comes out.

import { execFile } from 'node:child_process';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { arrayDataset } from '@graftjs/image-data';
import { saveModel } from '@graftjs/keras-format/node';
import { importTensorFlow } from '@graftjs/test-utils';
import { predict } from '@graftjs/training';
import { findPython } from '../../../../reference/find-python.mjs';
import { silent } from '../terminal/progress.js';
import type { TaskData } from './data.js';
import { runTrial, type Trial } from './experiment.js';
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

const recipe = { ...quick, a: { ...quick.a, epochs: 2 }, b: { ...quick.b, epochs: 3 } };
const { python, missing } = findPython();

describe.runIf(await importTensorFlow())('one seed', () => {
  const data = { a: task(8, 80, false), b: task(2, 32, true) };
  let trial: Trial;

  beforeAll(async () => {
    await tf.setBackend('tensorflow');
    const { signal } = new AbortController();
    trial = await runTrial({ recipe, data, seed: 1, progress: silent, signal });
  });

  it('trains for as long as the recipe says', () => {
    const { a, b, bOnA } = trial;
    expect(a.logs.val_accuracy).toHaveLength(2);
    expect(b.logs.loss).toHaveLength(3);
    expect(bOnA.logs.loss).toHaveLength(recipe.frozen.epochs + recipe.unfrozen.epochs);
    expect(bOnA.rates[0]).toBe(1e-2);
    expect(bOnA.rates.at(-1)).toBe(1e-3);
  });

  it('grafts B on a copy of A', () => {
    const { a, b, bOnA } = trial;
    const names = (model: typeof a.model) => model.layers.map(({ name }) => name);
    expect(names(bOnA.model)).toEqual([...names(a.model).slice(0, -1), 'shirt']);
    // B on A went on from A's weights without touching them: near, but not equal.
    const kernel = ({ model }: typeof a) => model.getLayer('hidden_1').getWeights()[0] as tf.Tensor;
    const apart = (x: typeof a, y: typeof a) =>
      tf.max(tf.abs(tf.sub(kernel(x), kernel(y)))).dataSync()[0] as number;
    expect(apart(a, bOnA)).toBeGreaterThan(0);
    expect(apart(a, bOnA)).toBeLessThan(0.1);
    expect(apart(a, b)).toBeGreaterThan(0.1);
  });

  it.skipIf(missing)(
    `leaves models that Keras opens and that predict the same there${missing ? ` (skipped: ${missing})` : ''}`,
    async () => {
      const folder = await mkdtemp(join(tmpdir(), 'graft-keras-'));
      const { xs } = data.a.train;
      const inputs = [{ shape: xs.shape, values: Array.from(await xs.data()) }];
      const models = { a: trial.a.model, b: trial.b.model, bOnA: trial.bOnA.model };
      for (const [name, model] of Object.entries(models)) {
        await saveModel(model, join(folder, `${name}.h5`));
        await writeFile(join(folder, `${name}.json`), JSON.stringify({ inputs }));
      }
      const script = fileURLToPath(new URL('../../../../reference/predict.py', import.meta.url));
      await promisify(execFile)(python as string, [script, folder]);
      for (const [name, model] of Object.entries(models)) {
        const text = await readFile(join(folder, `${name}.keras.json`), 'utf8');
        const { outputs } = JSON.parse(text) as { outputs: [{ values: number[] }] };
        const here = await (await predict(model, xs)).data();
        const worst = Math.max(
          ...outputs[0].values.map((v, i) => Math.abs(v - (here[i] as number))),
        );
        expect(worst, name).toBeLessThan(1e-5);
      }
    },
    120_000,
  );
});
