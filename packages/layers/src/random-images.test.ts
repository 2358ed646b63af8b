// The random layers: with given numbers as Keras computes them, in distribution, and in inference.

import '@graftjs/test-utils';
import '@tensorflow/tfjs-backend-cpu';
import { readFileSync } from 'node:fs';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import * as exported from './index.js';
import { RandomImages } from './random-images.js';

interface Case {
  class_name: string;
  config: Record<string, unknown>;
  shape: [number, number, number, number];
  values: number[];
  drawn: { shape: number[]; values: number[] };
  outputShape: number[];
  output: number[];
}

const url = new URL('../../../reference/fixtures/augmentation/layers.json', import.meta.url);
const { cases } = JSON.parse(readFileSync(url, 'utf8')) as { cases: Case[] };

const camelCase = (name: string) =>
  name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
const all = exported as unknown as Record<string, new (args: unknown) => RandomImages>;

function layerOf({ class_name: name, config }: Case): RandomImages {
  const entries = Object.entries(config).filter(([key]) => key !== 'data_format' && key !== 'seed');
  const Class = all[`Graft${name}`] as new (args: unknown) => RandomImages;
  return new Class(Object.fromEntries(entries.map(([key, value]) => [camelCase(key), value])));
}

const names = Object.keys(all).filter((name) => all[name]?.prototype instanceof RandomImages);

describe('transform', () => {
  it.each(cases)('of $class_name $config is what Keras computes', (each) => {
    const images = tf.tensor4d(each.values, each.shape);
    const drawn = tf.tensor(each.drawn.values, each.drawn.shape);
    const result = layerOf(each).transform(images, drawn);
    expect(result.shape).toEqual(each.outputShape);
    const largest = Math.max(...each.output.map(Math.abs));
    expect(result).toBeCloseToTensor(tf.tensor(each.output, each.outputShape), 1e-5 * largest);
  });

  it('has a case of every layer', () => {
    const covered = new Set(cases.map(({ class_name: name }) => `Graft${name}`));
    expect(names.filter((name) => !covered.has(name))).toEqual([]);
  });
});

/** Mean and ends of many draws of a layer, column by column. */
function draws(layer: RandomImages, shape: [number, number, number, number] = [2000, 10, 20, 1]) {
  const drawn = tf.cast(layer.draw(tf.zeros(shape)), 'float32');
  const columns = drawn.rank === 1 ? [drawn] : tf.unstack(drawn, 1);
  return columns.map((column) => {
    const [low, mean, high] = [tf.min(column), tf.mean(column), tf.max(column)];
    return [low, mean, high].map((x) => x.dataSync()[0] as number);
  });
}

describe('draw', () => {
  const seed = 5;
  it.each<[string, RandomImages, [number, number][]]>([
    ['rotation', exported.randomRotation({ factor: 0.25, seed }), [[-90, 90]]],
    ['rotation between', exported.randomRotation({ factor: [-0.1, 0.2], seed }), [[-36, 72]]],
    [
      'zoom',
      exported.randomZoom({ heightFactor: 0.2, widthFactor: [0.1, 0.3], seed }),
      [
        [1.1, 1.3],
        [0.8, 1.2],
      ],
    ],
    [
      'translation',
      exported.randomTranslation({ heightFactor: 0.5, widthFactor: [0, 0.1], seed }),
      [
        [0, 2],
        [-5, 5],
      ],
    ],
    [
      'shear',
      exported.randomShear({ xFactor: 0.2, yFactor: [0, 0.4], seed }),
      [
        [-0.2, 0.2],
        [-0.4, 0.4],
      ],
    ],
    ['brightness', exported.randomBrightness({ factor: 0.2, seed }), [[-51, 51]]],
    ['contrast', exported.randomContrast({ factor: 0.4, seed }), [[1, 1.4]]],
    [
      'solarization',
      exported.solarization({ additionFactor: 0.1, thresholdFactor: 1, seed }),
      [
        [0, 25.5],
        [0, 255],
      ],
    ],
  ])('is uniform between its ends: %s', (_, layer, expected) => {
    for (const [i, [low, mean, high]] of draws(layer).entries()) {
      const [least, most] = expected[i] as [number, number];
      const range = most - least;
      expect(low).toBeGreaterThanOrEqual(least - 1e-5);
      expect(high).toBeLessThanOrEqual(most + 1e-5);
      // Of 2000 draws the ends are near, and the mean is within five standard deviations.
      expect((low as number) - least).toBeLessThan(0.01 * range);
      expect(most - (high as number)).toBeLessThan(0.01 * range);
      expect(Math.abs((mean as number) - (least + most) / 2)).toBeLessThan(0.033 * range);
    }
  });

  it.each<[string, RandomImages, number]>([
    ['flip', exported.randomFlip({ seed }), 0.5],
    ['grayscale', exported.randomGrayscale({ factor: 0.3, seed }), 0.3],
    ['invert', exported.randomInvert({ factor: [0.2, 0.2], seed }), 0.2],
    ['invert up to', exported.randomInvert({ factor: 0.8, seed }), 0.4],
  ])('happens as often as it should: %s', (_, layer, share) => {
    const [[, mean]] = draws(layer) as [number[]];
    expect(Math.abs((mean as number) - share)).toBeLessThan(0.056);
  });

  it('crops from every place', () => {
    const layer = exported.randomCrop({ height: 9, width: 18, seed });
    const places = new Set(
      Array.from({ length: 60 }, () =>
        layer
          .draw(tf.zeros([1, 10, 20, 1]))
          .dataSync()
          .join(),
      ),
    );
    expect([...places].sort()).toEqual(['0,0', '0,1', '0,2', '1,0', '1,1', '1,2']);
  });

  it('goes on with a seed, and repeats itself with the same one', () => {
    const values = (layer: RandomImages) =>
      Array.from(layer.draw(tf.zeros([3, 1, 1, 1])).dataSync());
    const make = () => exported.randomBrightness({ factor: 0.5, seed: 7 });
    const [a, b] = [make(), make()];
    const first = values(a);
    expect(values(a)).not.toEqual(first);
    expect(values(b)).toEqual(first);
  });
});

it('passes images in inference, and changes them in training, wherever the channels are', () => {
  const images = tf.tensor4d([1, 2, 3, 4, 5, 6], [1, 1, 3, 2]);
  const layer = exported.randomFlip({ mode: 'horizontal', dataFormat: 'channelsFirst', seed: 2 });
  expect(layer.apply(images) as tf.Tensor).toBeCloseToTensor(images);
  const flipped = tf.reverse(images, 3);
  const seen = Array.from(
    { length: 20 },
    () => layer.apply(images, { training: true }) as tf.Tensor,
  );
  const kinds = seen.map((x) =>
    [images, flipped].findIndex((y) => x.dataSync().join() === y.dataSync().join()),
  );
  expect(new Set(kinds)).toEqual(new Set([0, 1]));
});

it('comes back from its config', () => {
  for (const each of cases) {
    const layer = layerOf(each);
    const again = new (all[layer.getClassName()] as new (args: unknown) => RandomImages)(
      layer.getConfig(),
    );
    expect(again.getConfig()).toEqual(layer.getConfig());
  }
});

describe('refuses', () => {
  it.each<[string, () => unknown, string]>([
    [
      'rotation',
      () => exported.randomRotation({ factor: 2 }),
      'factor must be one or two numbers from -1 to 1. Received: 2',
    ],
    [
      'zoom',
      () => exported.randomZoom({ heightFactor: [-1, 0] }),
      'heightFactor must be one or two numbers from -1 to 1',
    ],
    [
      'shear',
      () => exported.randomShear({ xFactor: -0.1 }),
      'xFactor must be one or two numbers from -1 to 1',
    ],
    [
      'mode',
      () => exported.randomFlip({ mode: 'up' as never }),
      'mode must be one of horizontal, vertical, horizontal_and_vertical. Received: "up"',
    ],
    [
      'fillMode',
      () => exported.randomRotation({ factor: 0, fillMode: 'x' as never }),
      'fillMode must be one of reflect, wrap, constant, nearest. Received: "x"',
    ],
    [
      'range',
      () => exported.randomContrast({ factor: 0, valueRange: [0] as never }),
      'valueRange must be two numbers. Received: [0]',
    ],
    [
      'share',
      () => exported.randomGrayscale({ factor: 1.1 }),
      'factor must be from 0 to 1. Received: 1.1',
    ],
    [
      'size',
      () => exported.randomCrop({ height: 0, width: 1 }),
      'height must be a positive integer. Received: 0',
    ],
  ])('another %s', (_, make, message) => {
    expect(make).toThrow(message);
  });
});
