import { describe, expect, it } from 'vitest';
import type { LabelledImages } from './array-data.js';
import { fashionMnist, splitLesson, type TaskSet } from './fashion-mnist.js';

/** Images of 1 × 2 pixels, the first of which is the label; the labels go round from `first` on. */
function images(n: number, first = 0): LabelledImages {
  const labels = Uint8Array.from({ length: n }, (_, i) => (first + i) % 10);
  const pixels = Uint8Array.from({ length: 2 * n }, (_, i) => (i % 2 === 0 ? labels[i / 2]! : 255));
  return {
    images: { data: pixels, shape: [n, 1, 2] },
    labels: { data: labels, shape: [n] },
  };
}

function shapes({ xs, ys }: TaskSet<Int32Array | Float32Array>): (readonly number[])[] {
  return [xs.shape, ys.shape];
}

/** The label that an image had before the split. */
function originalLabels({ xs }: TaskSet<Int32Array | Float32Array>): number[] {
  return Array.from({ length: xs.shape[0]! }, (_, i) => Math.round(xs.data[2 * i]! * 255));
}

const { a, b } = splitLesson({ train: images(6500), test: images(20, 5) });

it('names ten classes', () => {
  expect(fashionMnist.classNames).toHaveLength(10);
  expect(fashionMnist.classNames[5]).toBe('Sandal');
  expect(fashionMnist.classNames[6]).toBe('Shirt');
});

it('takes the first 5,000 training images for validation', () => {
  expect(shapes(a.validation)).toEqual([[4000, 2], [4000]]);
  expect(shapes(b.validation)).toEqual([[1000, 2], [1000]]);
  expect(shapes(a.train)).toEqual([[1200, 2], [1200]]);
  expect(shapes(a.test)).toEqual([[16, 2], [16]]);
  expect(shapes(b.test)).toEqual([[4, 2], [4]]);
});

it('gives B the first 200 of its training images', () => {
  expect(shapes(b.train)).toEqual([[200, 2], [200]]);
  expect(originalLabels(b.train).slice(0, 4)).toEqual([5, 6, 5, 6]);
});

it('renumbers the classes of A without gaps, as int32', () => {
  expect(a.test.ys.data).toBeInstanceOf(Int32Array);
  expect(originalLabels(a.test).slice(0, 8)).toEqual([7, 8, 9, 0, 1, 2, 3, 4]);
  expect([...a.test.ys.data].slice(0, 8)).toEqual([5, 6, 7, 0, 1, 2, 3, 4]);
});

it('calls the sandal 0 and the shirt 1 in B, as float32', () => {
  expect(b.test.ys.data).toBeInstanceOf(Float32Array);
  expect(originalLabels(b.test)).toEqual([5, 6, 5, 6]);
  expect([...b.test.ys.data]).toEqual([0, 1, 0, 1]);
});

it('brings pixels to [0, 1]', () => {
  expect([...a.test.xs.data.slice(0, 2)]).toEqual([Math.fround(7 / 255), 1]);
});

describe('refuses', () => {
  const good = { train: images(5001), test: images(10) };

  it('a training set that is all validation', () => {
    expect(() => splitLesson({ ...good, train: images(5000) })).toThrow(
      'train must be more than 5000 images. Received: 5000',
    );
  });

  it('labels that are not one for each image', () => {
    const test = { images: images(10).images, labels: images(9).labels };
    expect(() => splitLesson({ ...good, test })).toThrow(
      'test.labels must be one for each of 10 images. Received: 9',
    );
  });

  it('a label that is no class', () => {
    const test = images(10);
    test.labels.data[3] = 10;
    expect(() => splitLesson({ ...good, test })).toThrow(
      'test.labels[3] must be a class, 0 to 9. Received: 10',
    );
  });

  it('images that do not fill their shape', () => {
    const test = { ...images(10), images: { data: new Uint8Array(19), shape: [10, 1, 2] } };
    expect(() => splitLesson({ ...good, test })).toThrow(
      'test.images must be data that fills its shape. Received: "19 numbers of shape [10, 1, 2]"',
    );
  });
});
