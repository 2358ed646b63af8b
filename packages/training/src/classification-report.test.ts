import { expect, it } from 'vitest';
import { classificationReport } from './classification-report.js';

it('counts what is taken for what', () => {
  // scikit-learn 1.7's documentation of classification_report: y_true = [0, 1, 2, 2, 2], y_pred = [0, 0, 2, 2, 1].
  const { confusion, accuracy, classes, confused } = classificationReport(
    [0, 1, 2, 2, 2],
    [0, 0, 2, 2, 1],
    3,
  );
  expect(confusion).toEqual([
    [1, 0, 0],
    [1, 0, 0],
    [0, 1, 2],
  ]);
  expect(accuracy).toBe(0.6);
  expect(classes.map(({ support }) => support)).toEqual([1, 1, 3]);
  const rounded = (values: number[]) => values.map((value) => Number(value.toFixed(2)));
  expect(rounded(classes.map(({ precision }) => precision))).toEqual([0.5, 0, 1]);
  expect(rounded(classes.map(({ recall }) => recall))).toEqual([1, 0, 0.67]);
  expect(rounded(classes.map(({ f1 }) => f1))).toEqual([0.67, 0, 0.8]);
  expect(confused).toEqual([
    { of: 1, as: 0, count: 1 },
    { of: 2, as: 1, count: 1 },
  ]);
});

it('has no precision of a class that is never predicted, and no recall of one that is not there', () => {
  const { classes } = classificationReport([0, 0], [0, 2], 3);
  expect(classes[1]).toEqual({ support: 0, precision: NaN, recall: NaN, f1: NaN });
  expect(classes[2]).toEqual({ support: 0, precision: 0, recall: NaN, f1: 0 });
});

it.each([
  [[], [], 'truth must be at least one class index. Received: 0'],
  [[0], [0, 1], 'predicted must be as many indices as truth, 1. Received: 2'],
  [[2], [0], 'truth must be class indices from 0 to 1. Received: 2'],
  [[0], [0.5], 'predicted must be class indices from 0 to 1. Received: 0.5'],
])('refuses %j, %j', (truth, predicted, message) => {
  expect(() => classificationReport(truth, predicted, 2)).toThrow(message);
});

it.each([0, -1, 1.5, NaN])('refuses %d classes', (classes) => {
  expect(() => classificationReport([0], [0], classes)).toThrow(
    `classes must be an integer of at least 1. Received: ${classes}`,
  );
});
