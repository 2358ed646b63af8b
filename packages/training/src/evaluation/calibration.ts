// Whether a classifier is as often right as it is sure.

import { invalidArgument } from '@graftjs/core';
import type { Chart } from '../learning-rate/chart.js';
import { checkClassified } from './probabilities.js';

/** Examples whose largest probability is above `from` and up to `to`. */
export interface CalibrationBin {
  readonly from: number;
  readonly to: number;
  readonly count: number;
  /** The mean of these probabilities; NaN in an empty bin. */
  readonly confidence: number;
  /** The share of these examples that was classified rightly; NaN in an empty bin. */
  readonly accuracy: number;
}

export interface Calibration {
  readonly bins: readonly CalibrationBin[];
  /** Expected calibration error: the mean of |accuracy − confidence| over the bins, weighted by their counts. */
  readonly ece: number;
  /** The largest |accuracy − confidence|. */
  readonly maxError: number;
  /** The mean over the examples of Σ (p − y)² over the classes; half of that for two classes, as in scikit-learn. */
  readonly brier: number;
  /** A Vega-Lite specification: the reliability diagram. */
  readonly chart: Chart;
}

export interface CalibrationOptions {
  /** Number of bins of the same width; an integer of at least 1. Default: 10. */
  readonly bins?: number;
}

/**
 * Compares how sure a classifier is with how often it is right, in bins of its largest probability: (0, 0.1], (0.1, 0.2]
 * and so on.
 *
 * Source: Guo et al., On Calibration of Modern Neural Networks, 2017; Brier 1950. `brier` is `brier_score_loss` of
 * scikit-learn.
 *
 * @param truth class indices
 * @param probabilities [examples, classes], row by row
 * @param classes number of classes; an integer of at least 2
 * @throws GraftError for none, another number of them, an index that is no class, what is no probability, or other bins
 * @example
 * calibration([0, 1], [0.9, 0.1, 0.4, 0.6], 2).ece; // 0.25
 */
export function calibration(
  truth: ArrayLike<number>,
  probabilities: ArrayLike<number>,
  classes: number,
  { bins: number = 10 }: CalibrationOptions = {},
): Calibration {
  const given = checkClassified(truth, probabilities, classes);
  const { examples, classOf, probability, likeliest } = given;
  if (!(Number.isSafeInteger(number) && number >= 1))
    throw invalidArgument('bins', 'an integer of at least 1', number);
  const sums = Array.from({ length: number }, () => ({ count: 0, confidence: 0, right: 0 }));
  let squares = 0;
  for (let i = 0; i < examples; i++) {
    const predicted = likeliest(i);
    const confidence = probability(i, predicted);
    // Ends of bins as they are reported: 0.3 · 10 rounds to more than 3.
    let place = Math.min(Math.max(Math.ceil(confidence * number) - 1, 0), number - 1);
    if (place > 0 && confidence <= place / number) place -= 1;
    const bin = sums[place] as (typeof sums)[number];
    bin.count += 1;
    bin.confidence += confidence;
    if (predicted === classOf(i)) bin.right += 1;
    for (let of = 0; of < classes; of++)
      squares += (probability(i, of) - (classOf(i) === of ? 1 : 0)) ** 2;
  }
  const bins = sums.map(({ count, confidence, right }, i) => ({
    ...{ from: i / number, to: (i + 1) / number, count },
    ...{ confidence: confidence / count, accuracy: right / count },
  }));
  const filled = bins.filter(({ count }) => count > 0);
  const errors = filled.map(({ accuracy, confidence }) => Math.abs(accuracy - confidence));
  const ece = filled.reduce((sum, { count }, i) => sum + count * (errors[i] as number), 0);
  return {
    ...{ bins, ece: ece / examples, maxError: Math.max(...errors) },
    brier: squares / examples / (classes === 2 ? 2 : 1),
    chart: reliabilityChart(filled),
  };
}

/** Accuracy over confidence, as bars in their bins, and the diagonal where both are equal. */
function reliabilityChart(bins: readonly CalibrationBin[]): Chart {
  const axis = (field: string, title: string) => ({
    ...{ field, type: 'quantitative', title, scale: { domain: [0, 1] } },
  });
  const y = axis('accuracy', 'accuracy');
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v5.json',
    width: 300,
    height: 300,
    layer: [
      {
        data: { values: bins },
        mark: { type: 'bar', opacity: 0.6 },
        encoding: { x: axis('from', 'confidence'), x2: { field: 'to' }, y },
      },
      {
        data: { values: bins },
        mark: { type: 'point', filled: true },
        encoding: {
          x: axis('confidence', 'confidence'),
          y,
          size: { field: 'count', type: 'quantitative' },
        },
      },
      {
        data: { values: [0, 1].map((end) => ({ confidence: end, accuracy: end })) },
        mark: { type: 'line', strokeDash: [4, 4], opacity: 0.5 },
        encoding: { x: axis('confidence', 'confidence'), y },
      },
    ],
  };
}
