// A model that knows red from blue looks at two pictures.

import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import * as tf from '@tensorflow/tfjs-core';
import * as layers from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { saveModel } from '@graftjs/keras-format/node';
import { importTensorFlow } from '@graftjs/test-utils';
import { runCli } from '../program.js';
import { capturedOutput } from '../testing/captured-output.js';

describe.runIf(await importTensorFlow())('graft predict', () => {
  const { printed, failed } = capturedOutput();
  let folder: string;
  const file = (name: string) => join(folder, name);

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'graft-predict-'));
    await tf.setBackend('tensorflow');
    const model = layers.sequential();
    model.add(layers.layers.globalAveragePooling2d({ inputShape: [8, 8, 3] }));
    model.add(layers.layers.dense({ units: 2, activation: 'softmax' }));
    const kernel = tf.tensor2d([1, -1, 0, 0, -1, 1], [3, 2]);
    model.layers[1]?.setWeights([tf.mul(kernel, 0.01), tf.zeros([2])]);
    await saveModel(model, file('colours.keras'));
    await writeFile(file('names.txt'), 'red\nblue\n');
    for (const background of ['red', 'blue']) {
      const create = { width: 20, height: 10, channels: 3, background } as const;
      await sharp({ create })
        .png()
        .toFile(file(`${background}.png`));
    }
  });

  it('names the likeliest class of each photo', async () => {
    const images = [file('red.png'), file('blue.png')];
    const args = [
      'predict',
      file('colours.keras'),
      ...images,
      '--labels',
      file('names.txt'),
      '--json',
    ];
    expect(await runCli(args)).toBe(0);
    const { engine, answers } = JSON.parse(printed[0] as string) as {
      engine: object;
      answers: { classes: { label: string; probability: number }[] }[];
    };
    expect(engine).toEqual({ name: 'onnxruntime' });
    expect(answers.map(({ classes }) => classes[0]?.label)).toEqual(['red', 'blue']);
    // Red is (255, 0, 0): logits ±2.55.
    expect(answers[0]?.classes[0]?.probability).toBeCloseTo(1 / (1 + Math.exp(-5.1)), 6);
  });

  it('takes photos in batches, and answers for each', async () => {
    const images = Array.from({ length: 35 }, (_, i) => file(i % 3 === 0 ? 'blue.png' : 'red.png'));
    const predict = vi.spyOn(layers.LayersModel.prototype, 'apply');
    expect(
      await runCli(['predict', file('colours.keras'), ...images, '--json', '--engine', 'layers']),
    ).toBe(0);
    const sizes = predict.mock.calls.map(([xs]) => ([xs].flat()[0] as tf.Tensor).shape[0]);
    predict.mockRestore();
    expect(sizes).toEqual([16, 16, 3]);
    const { answers } = JSON.parse(printed[0] as string) as { answers: { image: string; classes: { index: number }[] }[] }; // prettier-ignore
    expect(answers.map(({ image }) => image)).toEqual(images);
    expect(answers.map(({ classes }) => classes[0]?.index)).toEqual(
      images.map((image) => (image.endsWith('blue.png') ? 1 : 0)),
    );
  });

  it('preprocesses as asked', async () => {
    const args = [
      'predict',
      file('colours.keras'),
      file('red.png'),
      '--preprocess',
      'tf',
      '--json',
    ];
    expect(await runCli(args)).toBe(0);
    const { answers } = JSON.parse(printed[0] as string) as {
      answers: [{ classes: { probability: number }[] }];
    };
    const [{ classes }] = answers;
    // (1, −1, −1): logits ±0.02.
    expect(classes[0]?.probability).toBeCloseTo(1 / (1 + Math.exp(-0.04)), 6);
  });

  it.each([
    ['onnxruntime', 'computed by ONNX Runtime'],
    ['tfjs', 'computed by TensorFlow, folded'],
    ['layers', 'computed by TensorFlow, layer by layer'],
  ])('by %s gives the same', async (engine, line) => {
    const args = ['predict', file('colours.keras'), file('red.png'), '--engine', engine];
    expect(await runCli(args)).toBe(0);
    expect(printed).toEqual([`${file('red.png')}\n   99.4 %  class 0\n    0.6 %  class 1`, line]);
  });

  it.each([
    [['--size', '9'], /--size must be the model's size, 8 × 8\. Received: 9/],
    [['--labels', 'names.txt'], /ENOENT.*names\.txt/],
  ])('fails with one line: %j', async (options, message) => {
    expect(await runCli(['predict', file('colours.keras'), file('red.png'), ...options])).toBe(1);
    expect(failed).toEqual([expect.stringMatching(message)]);
  });
});
