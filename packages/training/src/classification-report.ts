// What a classifier gets right and wrong, class by class.

import { invalidArgument } from '@graftjs/core';

/** How one class fares. A share of nothing is NaN: the precision of a class that is never predicted. */
export interface ClassReport {
  /** Examples of the class. */
  readonly support: number;
  /** Of what was taken for the class, the share that is of it. */
  readonly precision: number;
  /** Of the class, the share that was found. */
  readonly recall: number;
  /** The harmonic mean of both. */
  readonly f1: number;
}

export interface ClassificationReport {
  /** Examples of class i (first index) that were taken for class j. */
  readonly confusion: readonly (readonly number[])[];
  readonly accuracy: number;
  readonly classes: readonly ClassReport[];
  /** Pairs of a class and what it is taken for, the most frequent first; only pairs that occur. */
  readonly confused: readonly {
    readonly of: number;
    readonly as: number;
    readonly count: number;
  }[];
}

/**
 * Compares predicted classes with true ones, as `classification_report` and `confusion_matrix` of scikit-learn do.
 *
 * @param truth class indices
 * @param predicted class indices, as many
 * @param classes number of classes; an integer of at least 1
 * @throws GraftError for lists of different lengths, none, another number of classes, or an index that is no class
 * @example
 * const { accuracy, confusion } = classificationReport([0, 0, 1], [0, 1, 1], 2);
 * confusion; // [[1, 1], [0, 1]]
 */
export function classificationReport(
  truth: ArrayLike<number>,
  predicted: ArrayLike<number>,
  classes: number,
): ClassificationReport {
  const { length } = truth;
  if (!(Number.isSafeInteger(classes) && classes >= 1))
    throw invalidArgument('classes', 'an integer of at least 1', classes);
  if (length === 0) throw invalidArgument('truth', 'at least one class index', length);
  if (predicted.length !== length)
    throw invalidArgument('predicted', `as many indices as truth, ${length}`, predicted.length);
  const confusion = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
  for (let i = 0; i < length; i++) {
    const row = confusion[indexOf('truth', truth[i], classes)] as number[];
    row[indexOf('predicted', predicted[i], classes)]! += 1;
  }
  const sum = (list: readonly number[]) => list.reduce((total, value) => total + value, 0);
  const right = confusion.map((row, i) => row[i] as number);
  const reports = confusion.map((row, i): ClassReport => {
    const hits = right[i] as number;
    const taken = sum(confusion.map((other) => other[i] as number));
    const support = sum(row);
    // 2PR/(P + R), without a division of nothing where one of them is 0.
    return {
      ...{ support, precision: hits / taken, recall: hits / support },
      f1: (2 * hits) / (support + taken),
    };
  });
  const confused = confusion
    .flatMap((row, of) => row.map((count, as) => ({ of, as, count })))
    .filter(({ of, as, count }) => of !== as && count > 0)
    .sort((a, b) => b.count - a.count);
  return { confusion, accuracy: sum(right) / length, classes: reports, confused };
}

function indexOf(argument: string, value: number | undefined, classes: number): number {
  if (value !== undefined && Number.isSafeInteger(value) && value >= 0 && value < classes)
    return value;
  throw invalidArgument(argument, `class indices from 0 to ${classes - 1}`, value);
}
