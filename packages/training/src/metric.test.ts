import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import '@graftjs/test-utils';
import { accuracy, resolveMetrics, type Metric } from './metric.js';

describe('accuracy', () => {
  const scores = tf.tensor2d([
    [0.1, 0.9, 0],
    [0.5, 0.2, 0.3],
  ]);

  it.each<[string, tf.Tensor]>([
    ['class indices', tf.tensor1d([1, 2])],
    ['class indices [batch, 1]', tf.tensor2d([[1], [2]], [2, 1], 'int32')],
    [
      'one-hot targets',
      tf.tensor2d([
        [0, 1, 0],
        [0, 0, 1],
      ]),
    ],
    [
      'soft targets',
      tf.tensor2d([
        [0.2, 0.7, 0.1],
        [0.1, 0.1, 0.8],
      ]),
    ],
  ])('compares the largest output with %s', (_, targets) => {
    expect(accuracy(targets, scores)).toBeCloseToTensor([1, 0]);
  });

  it('compares one output with 0.5, which itself counts as 0', () => {
    const p = tf.tensor2d([[0.51], [0.5], [0.2], [0.9]]);
    expect(accuracy(tf.tensor1d([1, 0, 1, 0]), p)).toBeCloseToTensor([1, 1, 0, 0]);
    expect(accuracy(tf.tensor2d([[1], [0], [1], [0]]), p)).toBeCloseToTensor([1, 1, 0, 0]);
  });
});

describe('resolveMetrics', () => {
  const own: Metric = (y) => y;

  it('names them', () => {
    expect(resolveMetrics(['accuracy', own])).toEqual([
      ['accuracy', accuracy],
      ['own', own],
    ]);
  });

  it('refuses what it does not know', () => {
    expect(() => resolveMetrics(['auc' as never])).toThrow(
      'metrics must be functions or accuracy. Received: "auc"',
    );
  });

  it.each<[string, Metric[]]>([
    ['[""]', [(y) => y]],
    ['["loss"]', [Object.defineProperty((y: tf.Tensor) => y, 'name', { value: 'loss' })]],
    ['["own","own"]', [own, own]],
  ])('refuses names that the logs could not tell apart: %s', (text, list) => {
    expect(() => resolveMetrics(list)).toThrow(
      `metrics must be named each in its own way, and not "loss". Received: ${text}`,
    );
  });
});
