// The rules beside those of fastai.

import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { suggestRates } from './suggest-rates.js';

interface Case {
  readonly rates: readonly number[];
  readonly losses: readonly number[];
  readonly suggestions: Readonly<Record<string, number>>;
}

const fixture = new URL('../../../../reference/torch/suggestions.json', import.meta.url);
const { steps, cases } = JSON.parse(readFileSync(fixture, 'utf8')) as {
  steps: number;
  cases: Case[];
};

const pointsOf = ({ rates, losses }: Pick<Case, 'rates' | 'losses'>) =>
  losses.map((loss, i) => ({ rate: rates[i]!, loss, smoothed: loss }));

it.each(cases)('suggests what fastai does: $suggestions', (fastai) => {
  const suggestions = suggestRates(pointsOf(fastai), steps);
  expect(Object.keys(suggestions).sort()).toEqual(Object.keys(fastai.suggestions).sort());
  for (const [name, rate] of Object.entries(fastai.suggestions)) {
    const mine = suggestions[name as keyof typeof suggestions]!;
    expect(Math.abs(mine / rate - 1), name).toBeLessThan(1e-12);
  }
});

it('suggests nothing where the points are too few', () => {
  const points = pointsOf({ rates: [1, 2, 3], losses: [3, 2, 1] });
  expect(suggestRates(points, 10)).toEqual({
    ...{ valley: undefined, steep: undefined, slide: undefined, minimum: undefined },
  });
});
