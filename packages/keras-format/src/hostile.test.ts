// Files that are damaged or made to do harm: each is read, or refused in one clear line, soon and in little memory.

import '@tensorflow/tfjs-backend-cpu';
import { readFileSync } from 'node:fs';
import { isGraftError, type RuleDrivenOptimizer } from '@graftjs/core';
import { expectNoLeak, seededRandom } from '@graftjs/test-utils';
import type { Variable } from '@tensorflow/tfjs-core';
import { layers, type LayersModel, sequential } from '@tensorflow/tfjs-layers';
import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { type ByteSource, sourceOf } from './byte-source.js';
import { contentOf, type FileContent, h5Content } from './file-content.js';
import { writeHdf5 } from './hdf5.js';
import {
  loadWeightsFromH5,
  modelFromH5,
  modelFromKeras,
  modelFromTfjs,
  modelToH5,
  modelToKeras,
  modelToTfjs,
  readH5Tensors,
  type Resumable,
  resumableFromH5,
  resumableFromKeras,
  weightsToH5,
} from './index.js';
import { inOneLine } from './one-line.js';
import { readH5 } from './read-h5.js';
import { readKeras } from './read-keras.js';
import { writeH5 } from './write-h5.js';
import { writeKeras } from './write-keras.js';

const small = (): LayersModel =>
  sequential({
    layers: [
      layers.dense({ units: 3, inputShape: [4], name: 'a' }),
      layers.batchNormalization({ name: 'bn' }),
      layers.dense({ units: 2, name: 'b' }),
    ],
  });

const fixture = (file: string) =>
  new Uint8Array(readFileSync(new URL(`../../../reference/${file}`, import.meta.url)));

type Read = (bytes: Uint8Array) => Promise<unknown>;
const named = { name: 'x.file' };

/** A model that holds models keeps some of its variables when it is disposed. */
function discard(model: LayersModel): void {
  for (const weight of model.weights) weight.dispose();
}

const model =
  (read: (bytes: Uint8Array, options: { name: string }) => Promise<LayersModel>): Read =>
  async (bytes) =>
    discard(await read(bytes, named));
const resumable =
  (read: (bytes: Uint8Array, options: { name: string }) => Promise<Resumable>): Read =>
  async (bytes) =>
    discard((await read(bytes, named)).model);
const weights: Read = async (bytes) => {
  const target = small();
  try {
    await loadWeightsFromH5(target, bytes, named);
  } finally {
    discard(target);
  }
};

const tfjsFiles = modelToTfjs(small());
const tfjs: Read = async (bytes) => {
  const [shard = new Uint8Array(0)] = (await tfjsFiles).shards.values();
  const text = new TextDecoder().decode(bytes);
  discard(await modelFromTfjs(text, async () => shard, named));
};

/** As much of an Adam of @graftjs/optimizers as a state is put into. */
const adam = {
  getClassName: () => 'GraftAdam',
  getConfig: () => ({ beta1: 0.9, beta2: 0.999, epsilon: 1e-7 }),
  slotsOf: () => ['momentum', 'velocity'],
  readSlots: (variable: Variable) => [variable, variable],
  ...{ learningRate: 0.1, advance: () => ({}), setWeights: async () => {}, writeSlots: () => {} },
} as unknown as RuleDrivenOptimizer;

const network = fixture('fixtures/optimizer-state/initial.keras');
const weightsAndOptimizer: Read = async (bytes) => {
  const target = await modelFromKeras(network);
  try {
    await loadWeightsFromH5(target, bytes, { ...named, optimizer: adam });
  } finally {
    discard(target);
  }
};

const content =
  (read: (source: ByteSource, fileName: string) => Promise<FileContent>): Read =>
  (bytes) =>
    inOneLine(async () => {
      const found = await read(sourceOf(bytes), 'x.file');
      if (found.kind === 'model') discard(found.model);
    });

const formats: [name: string, bytes: Promise<Uint8Array>, read: Read][] = [
  ['.h5', modelToH5(small()), model(modelFromH5)],
  ['.keras', modelToKeras(small()), model(modelFromKeras)],
  ['.weights.h5', weightsToH5(small()), weights],
  ['model.json', tfjsFiles.then(({ json }) => new TextEncoder().encode(json)), tfjs],
  ['weights in a whole .h5', modelToH5(small()), weights],
  ['.h5 of Keras 2', Promise.resolve(fixture('keras2/fixtures/nested.h5')), model(modelFromH5)],
  [
    '.h5 with an optimizer',
    Promise.resolve(fixture('fixtures/optimizer-state/adam.h5')),
    resumable(resumableFromH5),
  ],
  [
    '.keras with an optimizer',
    Promise.resolve(fixture('fixtures/optimizer-state/adam.keras')),
    resumable(resumableFromKeras),
  ],
  [
    '.h5 of Keras 2 with an optimizer',
    Promise.resolve(fixture('keras2/fixtures/training-legacy-adam.h5')),
    resumable(resumableFromH5),
  ],
  [
    '.keras with a schedule',
    Promise.resolve(fixture('fixtures/optimizer-state/scheduled.keras')),
    content(async (source, name) => contentOf(await readKeras(source, name), name)),
  ],
  [
    '.h5 with a schedule',
    Promise.resolve(fixture('fixtures/optimizer-state/scheduled.h5')),
    content(h5Content),
  ],
  [
    '.weights.h5 with an optimizer',
    Promise.resolve(fixture('fixtures/optimizer-state/adam.weights.h5')),
    weightsAndOptimizer,
  ],
  [
    '.weights.h5 without a model',
    Promise.resolve(fixture('fixtures/keras-files/nested.weights.h5')),
    (bytes) => readH5Tensors(bytes, named),
  ],
  [
    'weights of Keras 2 without a model',
    Promise.resolve(fixture('keras2/fixtures/nested-weights.h5')),
    content(h5Content),
  ],
];

/** Whole numbers below a bound. */
function generator(seed: number): (below: number) => number {
  const random = seededRandom(seed);
  return (below) => Math.floor(random() * below);
}

/** Reads, and gives the line that refuses; undefined where nothing does. */
async function lineOf(read: Read, bytes: Uint8Array): Promise<string | undefined> {
  const start = performance.now();
  let line: string | undefined;
  await expectNoLeak(async () => {
    try {
      await read(bytes);
    } catch (error) {
      if (!isGraftError(error)) throw error;
      line = error.message;
    }
  });
  expect(performance.now() - start).toBeLessThan(5000);
  expect(line ?? '').not.toContain('\n');
  expect((line ?? '').length).toBeLessThan(600);
  return line;
}

describe.each(formats)('a file in the format %s', (_, whole, read) => {
  it('is read while it is whole', async () => {
    expect(await lineOf(read, await whole)).toBeUndefined();
  });

  it('is refused when it is cut short, at every power of two', async () => {
    const bytes = await whole;
    for (let length = 1; length < bytes.length; length *= 2) {
      expect(await lineOf(read, bytes.slice(0, length))).toContain('x.file');
    }
  });

  it('does no harm with flipped bytes', async () => {
    const bytes = await whole;
    const next = generator(7);
    for (let i = 0; i < 120; i++) {
      const damaged = Uint8Array.from(bytes);
      for (let flips = 1 + (i % 8); flips > 0; flips--) {
        damaged[next(bytes.length)] = next(256);
      }
      await lineOf(read, damaged);
    }
  });

  it('does no harm with overwritten stretches', async () => {
    const bytes = await whole;
    const next = generator(8);
    for (let i = 0; i < 80; i++) {
      const damaged = Uint8Array.from(bytes);
      const start = next(bytes.length);
      damaged.fill([0, 255, 1, 127][i % 4] as number, start, start + 1 + next(64));
      await lineOf(read, damaged);
    }
  });
});

const odd: unknown[] = [
  ...[null, true, -1, 0, 0.5, 1e9, 2 ** 53, 1e308, '', '..', '../../x', '__proto__', 'constructor'],
  ...[[], {}, [[]], [1e9, 1e9], { class_name: 'Dense', config: {} }, { class_name: 'Dense' }],
  ...['a'.repeat(1e5), 'a\nb', 'Functional', Array(1e4).fill(0), nest(2000)],
];

function nest(depth: number): unknown {
  let value: unknown = 0;
  for (let i = 0; i < depth; i++) value = [value];
  return value;
}

/** A copy with one of its values, at any depth, made an odd one. */
function oddly(value: unknown, next: (below: number) => number): unknown {
  if (typeof value !== 'object' || value === null || next(6) === 0) return odd[next(odd.length)];
  const keys = Object.keys(value);
  const key = keys[next(keys.length)];
  if (key === undefined) return odd[next(odd.length)];
  const entries = Object.entries(value).map(([name, inner]) => [
    name,
    name === key ? oddly(inner, next) : (inner as unknown),
  ]);
  const copy = Object.fromEntries(entries) as Record<string, unknown>;
  return Array.isArray(value) ? Object.values(copy) : copy;
}

describe('a topology with an odd value', () => {
  it.each([
    ['cnn', 'fixtures/h5-models/cnn.h5', 1],
    ['nested', 'fixtures/h5-models/nested.h5', 2],
    ['nested of Keras 2', 'keras2/fixtures/nested.h5', 3],
  ])('does no harm: %s', async (_, file, seed) => {
    const { topology, weights: stored } = await readH5(fixture(file), 'x.file');
    const next = generator(seed);
    for (let i = 0; i < 60; i++) {
      const changed = { topology: oddly(topology, next), weights: stored };
      await lineOf(model(modelFromH5), await writeH5(changed));
      const isModel = typeof changed.topology === 'object' && changed.topology !== null;
      if (!isModel) continue;
      // Where its writer cannot place the weights, there is no file to read.
      const bytes = await writeKeras(changed).catch(() => undefined);
      if (bytes) await lineOf(model(modelFromKeras), bytes);
    }
  });

  it('takes no memory for absurd shapes', async () => {
    const { topology, weights: stored } = await readH5(await modelToH5(small()), 'x.file');
    for (const units of [1e6, 1e9, 1e15]) {
      const text = JSON.stringify(topology).replace('"units":3', `"units":${units}`);
      const bytes = await writeH5({ topology: JSON.parse(text) as unknown, weights: stored });
      expect(await lineOf(model(modelFromH5), bytes)).toContain(`must have the shape [4,${units}]`);
    }
  });
});

describe('an archive that is made to do harm', () => {
  const text = new TextEncoder();
  const bomb = new Uint8Array(4 << 20);

  it.each<[string, Record<string, Uint8Array>, string]>([
    ['is a bomb in its weights', { 'model.weights.h5': bomb }, 'would unpack to 4194304 bytes'],
    ['is a bomb in its config', { 'config.json': bomb }, 'would unpack to 4194304 bytes'],
    ['leaves its folder', { '../evil': text.encode('x') }, 'unsafe name "../evil"'],
    ['starts at the root', { '/evil': text.encode('x') }, 'unsafe name "/evil"'],
    ['has no weights', {}, 'x.file holds no model.weights.h5'],
  ])('%s', async (_, extra, message) => {
    const config = text.encode(
      JSON.stringify({ class_name: 'Sequential', config: { layers: [] } }),
    );
    const bytes = zipSync({ 'config.json': config, ...extra }, { level: 6 });
    expect(await lineOf(model(modelFromKeras), bytes)).toContain(message);
  });

  it('nests models, lists, or both without end', async () => {
    let deep: object = { class_name: 'Sequential', config: { name: 'm', layers: [] } };
    for (let i = 0; i < 500; i++) {
      deep = { class_name: 'Sequential', config: { name: 'm', layers: [deep] } };
    }
    for (const topology of [deep, nest(2000), `${'['.repeat(1e6)}`]) {
      const json = typeof topology === 'string' ? topology : JSON.stringify(topology);
      const files = { 'config.json': text.encode(json), 'model.weights.h5': new Uint8Array(9) };
      expect(await lineOf(model(modelFromKeras), zipSync(files))).toContain('x.file');
    }
  });
});

it('weights behind a link to another file are not followed', async () => {
  const bytes = await writeHdf5((root) => {
    root.create_attribute('layer_names', ['a']);
    const group = root.create_group('a');
    group.create_attribute('weight_names', ['kernel']);
    group.create_external_link('/etc/passwd', '/x', 'kernel');
  });
  expect(await lineOf(weights, bytes)).toContain('the weight "kernel" of layer "a" in x.file');
});

it('all of it has taken less than half a gigabyte', () => {
  const kilobytes = process.resourceUsage().maxRSS;
  expect(kilobytes).toBeLessThan(2 ** 19);
});
