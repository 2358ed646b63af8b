// How well scores tell the examples of a class from the others: the ROC curve and the area under it.

import { invalidArgument } from '@graftjs/core';
import type { Chart } from '../learning-rate/chart.js';
import { checkClassified } from './probabilities.js';
import { rocChart } from './roc-chart.js';

/** What is found, and what is taken for it by mistake, where scores from `threshold` on count. */
export interface RocPoint {
  /** Infinite for the first point, where nothing counts. */
  readonly threshold: number;
  /** Of the others, the share that is taken for the class. NaN where there are none. */
  readonly falsePositiveRate: number;
  /** Of the class, the share that is found. NaN where there is none. */
  readonly truePositiveRate: number;
}

export interface RocCurve {
  /** From (0, 0) to (1, 1); points on a straight line between others are left out. */
  readonly points: readonly RocPoint[];
  /** The area under the curve: 1 for scores that tell all, ½ for such that tell nothing, NaN without a curve. */
  readonly auc: number;
}

export interface RocCurves {
  /** Each class against all others. */
  readonly classes: readonly RocCurve[];
  /** The mean of the areas of classes that have one. */
  readonly macroAuc: number;
  /** A Vega-Lite specification: the curves. */
  readonly chart: Chart;
}

/**
 * The ROC curve of two classes, as `roc_curve` and `roc_auc_score` of scikit-learn compute it.
 *
 * @param truth 1 for examples of the class, 0 for others
 * @param scores as many numbers, larger for what is more likely of the class; infinite ones are fine
 * @throws GraftError for lists of different lengths, none, a truth that is neither, or a score that is NaN
 * @example
 * rocCurve([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8]).auc; // 0.75
 */
export function rocCurve(truth: ArrayLike<number>, scores: ArrayLike<number>): RocCurve {
  const { length } = truth;
  if (length === 0) throw invalidArgument('truth', 'at least one example', length);
  if (scores.length !== length)
    throw invalidArgument('scores', `as many numbers as truth, ${length}`, scores.length);
  for (let i = 0; i < length; i++) {
    if (truth[i] !== 0 && truth[i] !== 1) throw invalidArgument('truth', '0 or 1', truth[i]);
    if (Number.isNaN(scores[i])) throw invalidArgument('scores', 'numbers', scores[i]);
  }
  const order = Array.from({ length }, (_, i) => i).sort((a, b) => {
    const [first, second] = [scores[a] as number, scores[b] as number];
    return first === second ? 0 : second - first;
  });
  const counted: Counted[] = [];
  let [falsely, truly] = [0, 0];
  for (const [place, example] of order.entries()) {
    if (truth[example] === 1) truly += 1;
    else falsely += 1;
    const threshold = scores[example] as number;
    const next = order[place + 1];
    if (next === undefined || scores[next] !== threshold)
      counted.push({ threshold, falsely, truly });
  }
  const corners = counted.filter((point, i) => !isBetween(counted[i - 1], point, counted[i + 1]));
  const points = [{ threshold: Infinity, falsely: 0, truly: 0 }, ...corners].map((point) => ({
    threshold: point.threshold,
    falsePositiveRate: point.falsely / falsely,
    truePositiveRate: point.truly / truly,
  }));
  return { points, auc: areaUnder(points) };
}

/**
 * The ROC curve of each class against all others, as `roc_auc_score` of scikit-learn has it with `multi_class='ovr'`.
 *
 * @param truth class indices
 * @param probabilities [examples, classes], row by row, such as `predict(…).dataSync()`
 * @param classes number of classes; an integer of at least 2
 * @throws GraftError for none, another number of them, an index that is no class, or what is no probability
 * @example
 * const { macroAuc } = rocCurves([0, 1], [0.9, 0.1, 0.2, 0.8], 2); // 1
 */
export function rocCurves(
  truth: ArrayLike<number>,
  probabilities: ArrayLike<number>,
  classes: number,
): RocCurves {
  const { examples, classOf, probability } = checkClassified(truth, probabilities, classes);
  const curves = Array.from({ length: classes }, (_, of) => {
    const list = Array.from({ length: examples }, (_, i) => i);
    return rocCurve(
      list.map((i) => (classOf(i) === of ? 1 : 0)),
      list.map((i) => probability(i, of)),
    );
  });
  const areas = curves.map(({ auc }) => auc).filter((auc) => !Number.isNaN(auc));
  const macroAuc = areas.reduce((sum, auc) => sum + auc, 0) / areas.length;
  return { classes: curves, macroAuc, chart: rocChart(curves) };
}

interface Counted {
  readonly threshold: number;
  readonly falsely: number;
  readonly truly: number;
}

/** As scikit-learn sees it: where the next step is the same as the last one, in counts. */
function isBetween(before: Counted | undefined, at: Counted, after: Counted | undefined): boolean {
  if (!before || !after) return false;
  const same = (name: 'falsely' | 'truly') => at[name] - before[name] === after[name] - at[name];
  return same('falsely') && same('truly');
}

function areaUnder(points: readonly RocPoint[]): number {
  let area = 0;
  for (let i = 1; i < points.length; i++) {
    const [before, at] = [points[i - 1] as RocPoint, points[i] as RocPoint];
    const width = at.falsePositiveRate - before.falsePositiveRate;
    area += (width * (at.truePositiveRate + before.truePositiveRate)) / 2;
  }
  return area;
}
