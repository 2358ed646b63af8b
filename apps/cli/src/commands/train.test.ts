import { cp, mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import * as layers from '@tensorflow/tfjs-layers';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { saveModel, saveWeights } from '@graftjs/keras-format/node';
import { mobileNetV2 } from '@graftjs/model-zoo';
import { importTensorFlow } from '@graftjs/test-utils';
import { runCli } from '../program.js';
import { capturedOutput } from '../testing/captured-output.js';
import { writeColourPhotos } from '../testing/colour-photos.js';

const reason = (await importTensorFlow()) ? undefined : 'TensorFlow is not installed';

let folder: string;
const path = (...parts: string[]) => join(folder, ...parts);

const { printed, failed } = capturedOutput();

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'graft-train-'));
  // Even a network of random weights tells them apart.
  await writeColourPhotos(path('photos'));
  vi.stubEnv('GRAFT_CACHE', path('cache'));
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

afterEach(() => void vi.restoreAllMocks());

describe.skipIf(reason)(`graft train${reason ? ` (skipped: ${reason})` : ''}`, () => {
  let weights: string;

  beforeAll(async () => {
    weights = path('mobilenet_v2_no_top.weights.h5');
    const model = await mobileNetV2({
      ...{ weights: null, includeTop: false, inputShape: [224, 224, 3] },
    });
    // The same in each run, and kernels large enough for a signal to reach the last of 53 layers.
    const kernel = ([height, width, from, to]: number[], seed: number) => {
      const shape = [height, width, from, to] as [number, number, number, number];
      const inputs = height! * width! * (to === 1 ? 1 : from!);
      return tf.randomNormal(shape, 0, Math.sqrt(2 / inputs), 'float32', seed);
    };
    tf.tidy(() =>
      model.setWeights(
        model.getWeights().map((w, i) => (w.rank === 4 ? kernel(w.shape, i + 1) : w)),
      ),
    );
    await saveWeights(model, weights);
    model.dispose();
  });

  const options = () => [
    '--model',
    'MobileNetV2',
    '--weights',
    weights,
    '--rate',
    '0.01',
    '--seed',
    '1',
  ];

  it('makes a model that evaluate and predict can use, and leaves out what is no photo', async () => {
    await cp(path('photos'), path('mixed'), { recursive: true });
    await writeFile(path('mixed/blue/text.jpg'), 'no photo');
    await writeFile(path('mixed/blue/empty.png'), '');
    const out = path('out/colours.h5');
    expect(await runCli(['train', path('mixed'), ...options(), '--out', out, '--json'])).toBe(0);
    const result = JSON.parse(printed.join('')) as {
      classNames: string[];
      accuracy: number;
      confusion: number[][];
      broken: { path: string }[];
      files: string[];
    };
    expect(result.classNames).toEqual(['blue', '빨강 red']);
    expect(result.accuracy).toBe(1);
    // A fifth of each class, of which broken photos may be some.
    expect(result.confusion.flat().reduce((sum, count) => sum + count, 0)).toBeGreaterThan(0);
    expect(result.broken.map((image) => image.path).sort()).toEqual([
      path('mixed/blue/empty.png'),
      path('mixed/blue/text.jpg'),
    ]);
    expect(failed.filter((line) => line.startsWith('graft: left out: '))).toHaveLength(2);
    expect(result.files).toEqual([
      out,
      path('out/colours.labels.txt'),
      path('out/colours.run/report.html'),
    ]);
    expect(await readFile(path('out/colours.labels.txt'), 'utf8')).toBe('blue\n빨강 red\n');

    printed.length = 0;
    const labels = path('out/colours.labels.txt');
    const evaluated = ['evaluate', out, path('photos'), '--labels', labels, '--json'];
    expect(await runCli(evaluated)).toBe(0);
    expect(JSON.parse(printed.join(''))).toMatchObject({
      engine: { name: 'onnxruntime' },
      accuracy: 1,
      confusion: [
        [5, 0],
        [0, 5],
      ],
    });

    printed.length = 0;
    const photo = path('photos/빨강 red/2.jpg');
    expect(await runCli(['predict', out, photo, '--labels', labels, '--json'])).toBe(0);
    expect(JSON.parse(printed.join(''))).toMatchObject({
      answers: [{ classes: [{ label: '빨강 red' }, {}] }],
    });
  }, 120_000);

  it('tells a person what it does', async () => {
    const args = ['train', path('photos'), '--val', path('photos'), ...options(), '--epochs', '5'];
    expect(await runCli([...args, '--out', path('out/small.keras')])).toBe(0);
    const text = printed.join('\n');
    expect(text).toContain('10 photos of 2 classes (blue, 빨강 red), 10 to measure on');
    expect(text).toMatch(/Accuracy \d+\.\d % of 10 photos\./);
    expect(text).toContain(`wrote ${path('out/small.keras')}`);
  }, 120_000);

  it('trains alike from the same seed, dropout included', async () => {
    const losses = async (seed: string) => {
      const args = ['train', path('photos'), ...options(), '--dropout', '0.5', '--seed', seed];
      printed.length = 0;
      await runCli([...args, '--epochs', '3', '--out', path('out/seeded.h5'), '--json']);
      return (JSON.parse(printed.join('')) as { phases: [{ logs: { loss: number[] } }] }).phases[0]
        .logs.loss;
    };
    const [first, again, other] = [await losses('7'), await losses('7'), await losses('8')];
    first.forEach((loss, i) => expect(again[i]).toBeCloseTo(loss, 4));
    expect(Math.abs(other[0]! - first[0]!)).toBeGreaterThan(1e-3);
  }, 120_000);

  it('writes nothing where the training comes to nothing', async () => {
    const model = await mobileNetV2({
      ...{ weights: null, includeTop: false, inputShape: [224, 224, 3] },
    });
    tf.tidy(() => model.setWeights(model.getWeights().map((w) => tf.fill(w.shape, NaN))));
    const damaged = path('damaged.weights.h5');
    await saveWeights(model, damaged);
    model.dispose();
    const args = ['train', path('photos'), '--model', 'MobileNetV2', '--weights', damaged];
    expect(await runCli([...args, '--out', path('none/model.h5'), '--json'])).toBe(1);
    expect(failed.join('')).toMatch(/the loss is NaN after 30 epochs, so no model was written/);
    expect(printed).toEqual([]);
    expect(await readdir(folder)).not.toContain('none');
  }, 120_000);

  it('evaluates no model that gives NaN, or something else than classes', async () => {
    const maps = layers.layers.conv2d({ filters: 2, kernelSize: 1, inputShape: [8, 8, 3] });
    const classifier = layers.sequential({
      layers: [maps, layers.layers.globalAveragePooling2d({})],
    });
    classifier.setWeights(classifier.getWeights().map((weight) => tf.fill(weight.shape, NaN)));
    const run = async (model: layers.LayersModel, message: RegExp) => {
      await saveModel(model, path('other.h5'));
      expect(await runCli(['evaluate', path('other.h5'), path('photos'), '--json'])).toBe(1);
      expect(failed.at(-1)).toMatch(message);
    };
    await run(classifier, /the model gives NaN for some photos: are its weights damaged\?/);
    const wrong = /other.h5 must give the classes of a photo, \[batch, n\]/;
    await run(layers.sequential({ layers: [maps] }), wrong);
    expect(printed).toEqual([]);
  });

  it('says which class has no photo that can be read', async () => {
    await mkdir(path('broken/blue'), { recursive: true });
    await cp(path('photos/blue'), path('broken/blue'), { recursive: true });
    await mkdir(path('broken/text'));
    for (const name of ['a.jpg', 'b.jpg']) await writeFile(path('broken/text', name), 'no photo');
    const args = ['train', path('broken'), ...options(), '--out', path('none/model.h5')];
    expect(await runCli(args)).toBe(1);
    expect(failed.join('\n')).toMatch(/left out: .*text.[ab].jpg is no JPEG/);
    expect(failed.at(-1)).toBe('graft: no photo to train on can be read of text');
    expect(await readdir(folder)).not.toContain('none');
  }, 120_000);
});

describe('graft train refuses, in one line and before it writes anything,', () => {
  const refuse = async (args: string[], message: RegExp) => {
    const out = path('none/model.keras');
    const write = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    const code = await runCli([
      'train',
      ...args,
      ...(args.includes('--out') ? [] : ['--out', out]),
    ]);
    const lines = [...failed, ...write.mock.calls.map(([line]) => String(line))];
    expect(code).not.toBe(0);
    expect(lines.join('')).toMatch(message);
    expect(await readdir(folder)).not.toContain('none');
  };

  it('folders that are no training set', async () => {
    await refuse([path('nowhere')], /nowhere cannot be read: ENOENT/);
    await refuse([path('photos/blue')], /must have a folder for each class/);
    await mkdir(path('one/cat'), { recursive: true });
    await refuse([path('one')], /must have folders for two classes or more. It has cat/);
    await mkdir(path('one/dog'));
    await refuse([path('one')], /must have photos of every class. It has none of cat, dog/);
    await mkdir(path('few/cat'), { recursive: true });
    await mkdir(path('few/dog'));
    for (const file of ['few/cat/1.jpg', 'few/dog/1.jpg']) await writeFile(path(file), '');
    await refuse([path('few')], /must have two photos of a class or more, or --val be given/);
    await refuse(
      [path('photos'), '--val', path('one')],
      /--val must have a folder for every class. .*one has none for blue, 빨강 red/,
    );
  });

  it('options out of range', async () => {
    await refuse([path('photos'), '--out', 'model.pt'], /--out must be a .keras or .h5 file/);
    await refuse([path('photos'), '--out', 'm.weights.h5'], /--out must be a .keras or .h5 file/);
    await mkdir(path('taken.h5'));
    await refuse(
      [path('photos'), '--out', path('taken.h5')],
      /--out must be a file. .* is a folder/,
    );
    await refuse([path('photos'), '--model', 'LeNet'], /LeNet/);
    for (const share of ['0', '1', 'x'])
      await refuse(
        [path('photos'), '--val-split', share],
        /--val-split.* It must be a number above 0 and below 1/,
      );
    await refuse([path('photos'), '--dropout', '1'], /It must be a number from 0 to below 1/);
    await refuse([path('photos'), '--rate', '0'], /It must be a number above 0/);
    await refuse([path('photos'), '--seed', 'x'], /--seed must be an integer/);
  });
});
