// The picture of ROC curves, as data: any renderer of Vega-Lite draws it.

import type { Chart } from '../learning-rate/chart.js';
import type { RocCurve } from './roc-curve.js';

/** A line for each class that has a curve, and the diagonal of scores that tell nothing. */
export function rocChart(curves: readonly RocCurve[]): Chart {
  const values = curves.flatMap(({ points, auc }, of) =>
    Number.isNaN(auc)
      ? []
      : points.map(({ falsePositiveRate, truePositiveRate }, place) => ({
          ...{ class: of, place, falsePositiveRate, truePositiveRate },
        })),
  );
  const axis = (field: string, title: string) => ({ field, type: 'quantitative', title });
  const x = axis('falsePositiveRate', 'false positive rate');
  const y = axis('truePositiveRate', 'true positive rate');
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v5.json',
    width: 300,
    height: 300,
    layer: [
      {
        data: { values },
        mark: 'line',
        encoding: {
          ...{ x, y, color: { field: 'class', type: 'nominal' } },
          // In the order of the curve, not of x: it has upright parts.
          order: { field: 'place', type: 'quantitative' },
        },
      },
      {
        data: {
          values: [0, 1].map((end) => ({ falsePositiveRate: end, truePositiveRate: end })),
        },
        mark: { type: 'line', strokeDash: [4, 4], opacity: 0.5 },
        encoding: { x, y },
      },
    ],
  };
}
