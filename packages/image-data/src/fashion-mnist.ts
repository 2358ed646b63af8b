// Fashion-MNIST: its classes, and the two tasks into which the lesson on transfer learning splits it.

import { invalidArgument } from '@graftjs/core';
import { countExamples, type ArrayData, type LabelledImages } from './array-data.js';

/** What is fixed about Fashion-MNIST: 60,000 training and 10,000 test images of ten classes of clothing. */
export const fashionMnist = {
  /** Height and width of an image. */
  imageShape: [28, 28],
  /** The names of the classes, by label. */
  classNames: [
    'T-shirt/top',
    'Trouser',
    'Pullover',
    'Dress',
    'Coat',
    'Sandal',
    'Shirt',
    'Sneaker',
    'Bag',
    'Ankle boot',
  ],
} as const;

const sandal = 5;
const shirt = 6;
const validationImages = 5000;
const trainingImagesOfB = 200;

/** Images and labels of the original: bytes, 0 (white paper) to 255, and classes 0 to 9. */
export interface FashionMnist {
  readonly train: LabelledImages;
  readonly test: LabelledImages;
}

/** Examples of a task: pixels in [0, 1], flat, `xs` [n, height · width], and labels, `ys` [n]. */
export interface TaskSet<Labels extends Int32Array | Float32Array> {
  readonly xs: ArrayData<Float32Array>;
  readonly ys: ArrayData<Labels>;
}

/** The three sets of a task. */
export interface Task<Labels extends Int32Array | Float32Array> {
  readonly train: TaskSet<Labels>;
  readonly validation: TaskSet<Labels>;
  readonly test: TaskSet<Labels>;
}

/**
 * Splits Fashion-MNIST into the two tasks of the lesson: a network learns A from many images, and its layers are then
 * reused for B, which has few.
 *
 * - A: eight classes, all but sandal and shirt, renumbered without gaps (7, 8, 9 become 5, 6, 7). Labels int32.
 * - B: sandal (0) or shirt (1), with 200 training images. Labels float32.
 *
 * The first 5,000 training images are the validation sets.
 *
 * Source: Géron, Hands-On Machine Learning with Scikit-Learn, Keras, and TensorFlow, chapter 11.
 *
 * @throws GraftError when images and labels differ in number, or there are no more than 5,000 training images
 * @example
 * const { a, b } = splitLesson(await loadFashionMnist());
 * a.train.xs.shape; // [43986, 784]
 * b.train.xs.shape; // [200, 784]
 */
export function splitLesson(data: FashionMnist): { a: Task<Int32Array>; b: Task<Float32Array> } {
  const examples = checkedCount('train', data.train);
  const testExamples = checkedCount('test', data.test);
  if (examples <= validationImages) {
    throw invalidArgument('train', `more than ${validationImages} images`, examples);
  }
  const parts = {
    train: { from: data.train, start: validationImages, end: examples },
    validation: { from: data.train, start: 0, end: validationImages },
    test: { from: data.test, start: 0, end: testExamples },
  };
  return {
    a: {
      train: select(parts.train, inA, Int32Array, labelInA),
      validation: select(parts.validation, inA, Int32Array, labelInA),
      test: select(parts.test, inA, Int32Array, labelInA),
    },
    b: {
      train: select(parts.train, inB, Float32Array, labelInB, trainingImagesOfB),
      validation: select(parts.validation, inB, Float32Array, labelInB),
      test: select(parts.test, inB, Float32Array, labelInB),
    },
  };
}

interface Part {
  readonly from: LabelledImages;
  readonly start: number;
  readonly end: number;
}

const inB = (label: number): boolean => label === sandal || label === shirt;
const inA = (label: number): boolean => !inB(label);
const labelInA = (label: number): number => (label > shirt ? label - 2 : label);
const labelInB = (label: number): number => (label === shirt ? 1 : 0);

/** The first `limit` images of a part whose label is wanted. */
function select<Labels extends Int32Array | Float32Array>(
  { from, start, end }: Part,
  wanted: (label: number) => boolean,
  Labels: new (length: number) => Labels,
  newLabel: (label: number) => number,
  limit = Infinity,
): TaskSet<Labels> {
  const labels = from.labels.data;
  const rows: number[] = [];
  for (let row = start; row < end && rows.length < limit; row++) {
    if (wanted(labels[row]!)) rows.push(row);
  }
  const pixels = from.images.data.length / labels.length;
  const xs = new Float32Array(rows.length * pixels);
  const ys = new Labels(rows.length);
  rows.forEach((row, i) => {
    const image = from.images.data.subarray(row * pixels, (row + 1) * pixels);
    for (let pixel = 0; pixel < pixels; pixel++) xs[i * pixels + pixel] = image[pixel]! / 255;
    ys[i] = newLabel(labels[row]!);
  });
  return { xs: { data: xs, shape: [rows.length, pixels] }, ys: { data: ys, shape: [rows.length] } };
}

function checkedCount(argument: string, { images, labels }: LabelledImages): number {
  const examples = countExamples(`${argument}.images`, images);
  const labelled = countExamples(`${argument}.labels`, labels);
  if (labelled !== examples) {
    throw invalidArgument(`${argument}.labels`, `one for each of ${examples} images`, labelled);
  }
  const wrong = labels.data.findIndex((label) => label >= fashionMnist.classNames.length);
  if (wrong >= 0) {
    throw invalidArgument(`${argument}.labels[${wrong}]`, 'a class, 0 to 9', labels.data[wrong]);
  }
  return examples;
}
