// The data of the demo on the device, once for all seeds.

import * as tf from '@tensorflow/tfjs-core';
import type { Dataset } from '@graftjs/core';
import { arrayDataset, splitLesson, type FashionMnist, type TaskSet } from '@graftjs/image-data';

type AnyTask = ReturnType<typeof splitLesson>['a'] | ReturnType<typeof splitLesson>['b'];
type AnySet = TaskSet<Int32Array> | TaskSet<Float32Array>;

/** Batches in which a set is only measured: larger, as there is no update to wait for. */
const MEASURE_BATCH = 500;

export interface Examples {
  readonly xs: tf.Tensor2D;
  readonly ys: tf.Tensor1D;
}

export interface TaskData {
  readonly train: Examples;
  readonly validation: Dataset;
  readonly test: Dataset;
  readonly testExamples: Examples;
}

/** Both tasks, with their images on the device until the process ends. */
export function taskData(data: FashionMnist): { a: TaskData; b: TaskData } {
  const { a, b } = splitLesson(data);
  return { a: onDevice(a), b: onDevice(b) };
}

/** Shuffled batches of a training set, in an order that follows from the seed. */
export function batchesOf({ xs, ys }: Examples, batchSize: number, seed: number): Dataset {
  return arrayDataset({ xs, ys, batchSize, shuffle: true, seed });
}

function onDevice(task: AnyTask): TaskData {
  const test = examplesOf(task.test);
  return {
    train: examplesOf(task.train),
    validation: measured(examplesOf(task.validation)),
    test: measured(test),
    testExamples: test,
  };
}

function measured({ xs, ys }: Examples): Dataset {
  return arrayDataset({ xs, ys, batchSize: MEASURE_BATCH });
}

function examplesOf({ xs, ys }: AnySet): Examples {
  const shape = [...xs.shape] as [number, number];
  return { xs: tf.tensor2d(xs.data, shape), ys: tf.tensor1d(ys.data) };
}
