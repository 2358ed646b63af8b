import { readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { modelToH5 } from '@graftjs/keras-format';
import { expectNoLeak } from '@graftjs/test-utils';
import { alexNet } from '../models/alexnet.js';
import { mobileNet, type MobileNetOptions } from '../models/mobilenet.js';
import { emptyCaches, hashOf, serveWeights } from '../testing/weights-server.js';
import { findWeights } from './find-weights.js';
import { mirror } from './mirror.js';

// A MobileNet of Keras's with random weights, in the layout of the published files; see reference/makers/zoo_weights.py.
const fixtures = new URL('../../../../reference/fixtures/zoo-weights/', import.meta.url);
const pathOf = (name: string): string => fileURLToPath(new URL(name, fixtures));
const bytesOf = (name: string) => Uint8Array.from(readFileSync(new URL(name, fixtures)));
const answers = JSON.parse(readFileSync(new URL('mobilenet.json', fixtures), 'utf8')) as Record<
  'x' | 'whole' | 'features',
  number[]
>;
const shape: MobileNetOptions = { alpha: 0.04, inputShape: [32, 32, 3] };
const whole: MobileNetOptions = { ...shape, classes: 5 };

async function expectAnswers(options: MobileNetOptions, expected: number[]): Promise<void> {
  const model = await mobileNet(options);
  const output = tf.tidy(() => model.predict(tf.tensor4d(answers.x, [2, 32, 32, 3])) as tf.Tensor);
  const actual = await output.data();
  expect(actual).toHaveLength(expected.length);
  const largest = Math.max(...expected.map(Math.abs));
  actual.forEach((value, i) =>
    expect(Math.abs(value - (expected[i] as number))).toBeLessThan(2e-6 * largest),
  );
  output.dispose();
  model.dispose();
}

describe("files of Keras's, as a model's weights", () => {
  it.each<[string, () => MobileNetOptions['weights']]>([
    ['a path', () => pathOf('mobilenet.h5')],
    ['a file URL', () => new URL('mobilenet.h5', fixtures)],
    ['a Blob', () => new Blob([bytesOf('mobilenet.h5')])],
  ])('by %s', async (_, weights) => {
    await expectAnswers({ ...whole, weights: weights() as string }, answers.whole);
  });

  it('by a URL, with progress', async () => {
    const content = bytesOf('mobilenet.h5');
    const server = await serveWeights({ 'm.h5': content });
    const received: number[] = [];
    const options = {
      ...whole,
      onProgress: (step: { received: number }) => received.push(step.received),
    };
    await expectAnswers({ ...options, weights: `${server.url}/m.h5` }, answers.whole);
    await expectAnswers({ ...options, weights: new URL(`${server.url}/m.h5`) }, answers.whole);
    expect(received.at(-1)).toBe(content.length);
  });

  it('without the top', async () => {
    const weights = pathOf('mobilenet-no-top.h5');
    await expectAnswers({ ...shape, includeTop: false, weights }, answers.features);
  });
});

it.each([
  ['with the top', 'mobilenet.h5', whole, answers.whole],
  ['without', 'mobilenet-no-top.h5', { ...shape, includeTop: false }, answers.features],
] as const)(
  "a file of Keras's comes through a connection that breaks, by its hash, into the cache: %s",
  async (_, name, options, expected) => {
    const { graft } = await emptyCaches();
    const content = bytesOf(name);
    const server = await serveWeights({ [name]: content });
    server.cuts.push(40_000, 30_000);
    const hash = { algorithm: 'md5', hex: hashOf(content, 'md5') } as const;
    const file = { name, url: `${server.url}/${name}`, hash };
    const fresh = await findWeights(file);
    const kept = await findWeights(file, { offline: true });
    expect([fresh.source, kept.source]).toEqual(['its publisher', `the cache ${graft}`]);
    expect(server.requests).toEqual([`/${name}`, `/${name} bytes=40000-`, `/${name} bytes=70000-`]);
    await expectAnswers({ ...options, weights: new Blob([kept.bytes as BlobPart]) }, expected);
  },
);

describe('leaves nothing behind when', () => {
  it.each<[string, MobileNetOptions, RegExp]>([
    [
      'the file lacks the top',
      { ...whole, weights: pathOf('mobilenet-no-top.h5') },
      /mobilenet-no-top\.h5/,
    ],
    [
      'the file has another width',
      { ...whole, alpha: 0.1, weights: pathOf('mobilenet.h5') },
      /mobilenet\.h5/,
    ],
    [
      'there is no file',
      { ...whole, weights: 'nowhere.h5' },
      /^nowhere\.h5 cannot be read: ENOENT/,
    ],
    [
      'nobody listens',
      { ...whole, weights: 'http://127.0.0.1:1/a.h5' },
      /^http:\/\/127\.0\.0\.1:1\/a\.h5 cannot be read/,
    ],
    ['it is no file of weights', { ...whole, weights: new Blob(['text']) }, /the Blob/],
  ])('%s', async (_, options, message) => {
    await expectNoLeak(async () => {
      await expect(mobileNet(options)).rejects.toThrow(message);
    });
  });

  it('a whole file is cut short', async () => {
    const content = bytesOf('mobilenet.h5');
    for (const length of [100, 2_000, content.length - 1_000]) {
      const weights = new Blob([content.subarray(0, length)]);
      await expectNoLeak(async () => {
        await expect(mobileNet({ ...whole, weights })).rejects.toThrow(/^[^\n]*the Blob[^\n]*$/);
      });
    }
  });
});

describe('imagenet', () => {
  /** What the publisher would have: a model's file under its official name. */
  const published = async (options: MobileNetOptions) => {
    const model = await mobileNet({ ...options, weights: null });
    const [firstKernel] = model.getWeights();
    return { model, firstKernel: firstKernel as tf.Tensor, bytes: await modelToH5(model) };
  };
  const kernelOf = async (options: MobileNetOptions): Promise<Float32Array> => {
    const model = await mobileNet(options);
    const values = (await model.getWeights()[0]?.data()) as Float32Array;
    model.dispose();
    return values;
  };

  it('is found by width, size and top, on a mirror and then in the cache', async () => {
    await emptyCaches();
    const server = await serveWeights();
    const providers = [mirror(server.url)];
    const cases: [string, MobileNetOptions][] = [
      ['mobilenet_2_5_128_tf.h5', { alpha: 0.25, inputShape: [128, 128, 3] }],
      [
        'mobilenet_2_5_160_tf_no_top.h5',
        { alpha: 0.25, inputShape: [160, 160, 3], includeTop: false },
      ],
      ['mobilenet_2_5_224_tf_no_top.h5', { alpha: 0.25, includeTop: false }],
    ];
    for (const [name, options] of cases) {
      const { firstKernel, bytes, model } = await published(options);
      server.files.set(name, bytes);
      expect(await kernelOf({ ...options, providers })).toEqual(await firstKernel.data());
      expect(await kernelOf({ ...options, offline: true })).toEqual(await firstKernel.data());
      model.dispose();
    }
    expect(server.requests).toEqual(cases.map(([name]) => `/${name}`));
  });

  it("is taken from Keras's folder", async () => {
    const { keras } = await emptyCaches();
    const options: MobileNetOptions = { alpha: 0.25, inputShape: [128, 128, 3] };
    const { firstKernel, bytes, model } = await published(options);
    await mkdir(keras, { recursive: true });
    await writeFile(join(keras, 'mobilenet_2_5_128_tf.h5'), bytes);
    expect(await kernelOf({ ...options, offline: true })).toEqual(await firstKernel.data());
    model.dispose();
  });

  it('is not to be had for AlexNet', async () => {
    await expect(alexNet({ weights: 'imagenet' })).rejects.toThrow(
      'nobody publishes weights of AlexNet: weights must be null, or a file',
    );
  });
});
