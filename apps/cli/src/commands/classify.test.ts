// A MobileNetV2 that takes everything for a tabby looks at pictures; and the zoo is measured.

import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { saveModel } from '@graftjs/keras-format/node';
import { mobileNetV2 } from '@graftjs/model-zoo';
import { importTensorFlow } from '@graftjs/test-utils';
import { runCli } from '../program.js';
import { capturedOutput } from '../testing/captured-output.js';

interface Output {
  readonly model: string;
  readonly engine: object;
  readonly answers: {
    image: string;
    error?: string;
    classes?: { name: string; probability: number }[];
  }[];
}

describe.runIf(await importTensorFlow())('with TensorFlow', () => {
  const { printed, failed } = capturedOutput();
  let folder: string;
  const file = (name: string) => join(folder, name);
  const classify = (...args: string[]) =>
    runCli(['classify', ...args, '--model', 'mobilenetv2', '--weights', file('tabby.h5')]);

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'graft-classify-'));
    await tf.setBackend('tensorflow');
    const model = await mobileNetV2({ weights: null });
    const bias = tf.tensor1d(
      Array.from({ length: 1000 }, (_, i) => (i === 281 ? 9 : i === 282 ? 8 : 0)),
    );
    model.getLayer('predictions').setWeights([tf.zeros([1280, 1000]), bias]);
    await saveModel(model, file('tabby.h5'));
    model.dispose();
    await mkdir(file('photos'));
    for (const background of ['red', 'blue']) {
      const create = { width: 20, height: 10, channels: 3, background } as const;
      await sharp({ create })
        .png()
        .toFile(file(`photos/${background}.png`));
    }
  });
  afterAll(() => rm(folder, { recursive: true }));
  afterEach(() => void vi.restoreAllMocks());

  it('names what is in each photo of a folder', async () => {
    expect(await classify(file('photos'), '--top', '2')).toBe(0);
    const lines = printed.join('\n').split('\n');
    expect(lines.pop()).toBe('computed by ONNX Runtime');
    expect(lines.filter((_, i) => i % 3 === 0)).toEqual([
      file('photos/blue.png'),
      file('photos/red.png'),
    ]);
    expect(lines[1]).toMatch(/^ {3}\d\d\.\d % {2}tabby {2}n02123045$/);
    expect(lines[5]).toMatch(/^ {3}\d\d\.\d % {2}tiger_cat {2}n02123159$/);
  });

  it('prints JSON', async () => {
    expect(await classify(file('photos/red.png'), '--json')).toBe(0);
    const { model, engine, answers } = JSON.parse(printed[0] as string) as Output;
    expect({ model, engine }).toEqual({ model: 'mobileNetV2', engine: { name: 'onnxruntime' } });
    expect(answers.map(({ classes }) => classes?.map(({ name }) => name))).toEqual([
      ['tabby', 'tiger_cat', expect.any(String)],
    ]);
    const sum = Math.exp(9) + Math.exp(8) + 998;
    expect(answers[0]?.classes?.[0]?.probability).toBeCloseTo(Math.exp(9) / sum, 5);
  });

  it('goes on after a photo that cannot be read, and says so', async () => {
    await writeFile(file('note.jpg'), 'no image');
    expect(await classify(file('note.jpg'), file('photos/red.png'), '--json')).toBe(1);
    const { answers } = JSON.parse(printed[0] as string) as Output;
    expect(answers[0]?.error).toMatch(/note\.jpg is no JPEG, PNG, WebP or GIF image/);
    expect(answers[1]?.classes?.[0]?.name).toBe('tabby');
    expect(failed).toEqual(['graft: 1 of 2 images could not be read']);
  });

  it.each([
    [['nowhere.jpg'], /^graft: ENOENT.*nowhere\.jpg/],
    [['photos/red.png', '--top', '1001'], /^graft: --top must be at most 1000\. Received: 1001$/],
  ])('fails in one line: %j', async ([path = '', ...options], message) => {
    expect(await classify(file(path), ...options)).toBe(1);
    expect(failed).toEqual([expect.stringMatching(message)]);
  });

  it('says that AlexNet has no weights', async () => {
    expect(await runCli(['classify', file('photos'), '--model', 'alexnet'])).toBe(1);
    expect(failed).toEqual([
      'graft: nobody publishes weights of AlexNet: weights must be null, or a file',
    ]);
  });

  it('measures models and draws them', async () => {
    const out = file('compare.svg');
    const args = ['zoo', 'compare', 'mobilenet', 'mobilenetv2', '--runs', '2', '--out', out];
    expect(await runCli([...args, '--json'])).toBe(0);
    const { models, picture } = JSON.parse(printed[0] as string) as {
      picture: string;
      models: { name: string; latency: number; fastest: number }[];
    };
    expect(models.map(({ name }) => name)).toEqual(['mobileNet', 'mobileNetV2']);
    for (const { latency, fastest } of models) expect(latency).toBeGreaterThanOrEqual(fastest);
    expect(await readFile(picture, 'utf8')).toContain('>MobileNetV2</text>');
    expect(await runCli(args)).toBe(0);
    expect(printed.join('\n')).toMatch(/here, [CG]PU\n.*\nMobileNetV2 .* ms\n\nMedian of 2 runs/);
  });
});
