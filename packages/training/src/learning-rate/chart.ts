// The picture of a range test, as data: any renderer of Vega-Lite draws it.

import type { RatePoint } from './find-learning-rate.js';
import type { RateSuggestions } from './suggest-rates.js';

/** A Vega-Lite specification: plain JSON. */
export type Chart = Readonly<Record<string, unknown>>;

/** The loss, and the loss smoothed, over a logarithmic rate; a rule at each suggestion. */
export function chartOf(points: readonly RatePoint[], suggestions: RateSuggestions): Chart {
  const marks = Object.entries(suggestions).flatMap(([name, rate]) =>
    rate === undefined ? [] : [{ name, rate: rate as number }],
  );
  const x = { field: 'rate', type: 'quantitative', scale: { type: 'log' }, title: 'learning rate' };
  const y = (field: string) => ({
    field,
    type: 'quantitative',
    title: 'loss',
    scale: { zero: false },
  });
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v5.json',
    width: 480,
    height: 300,
    layer: [
      {
        data: { values: points },
        mark: { type: 'line', opacity: 0.3 },
        encoding: { x, y: y('loss') },
      },
      { data: { values: points }, mark: 'line', encoding: { x, y: y('smoothed') } },
      {
        data: { values: marks },
        mark: { type: 'rule', strokeDash: [4, 4] },
        encoding: { x, color: { field: 'name', title: 'suggestion' } },
      },
    ],
  };
}
