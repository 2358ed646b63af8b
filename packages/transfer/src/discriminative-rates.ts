// Gives each group of layers a rate of its own: lower ones for layers that know more and need less change.

import { invalidArgument, variableOf } from '@graftjs/core';
import type { LayerGroup } from './layer-groups.js';

/** One of the optimizer's `groups`. */
export interface GroupRate {
  /** Names of variables. */
  readonly variables: readonly string[];
  /** What the optimizer's rate is multiplied by. */
  readonly rateMultiplier: number;
}

/**
 * The `groups` option of the optimizers of `@graftjs/optimizers`: the last group of n trains at the optimizer's rate η, the
 * first one at η/ratio, and those between in even multiples,
 *
 *     η_i = η · ratio^(i/(n − 1) − 1),   i = 0 … n − 1
 *
 * Same as `slice(lr/ratio, lr)` in fastai, of which 100 is the default in `fine_tune`.
 *
 * Source: Howard and Ruder 2018, "Universal Language Model Fine-tuning for Text Classification".
 *
 * @param ratio of the highest rate to the lowest, at least 1
 * @throws GraftError for a ratio that is none
 * @example
 * optimizer.groups = discriminativeRates(layerGroups(model));
 */
export function discriminativeRates(
  groups: readonly LayerGroup[],
  ratio = 100,
): Record<string, GroupRate> {
  if (!(Number.isFinite(ratio) && ratio >= 1))
    throw invalidArgument('ratio', 'a finite number of at least 1', ratio);
  const last = Math.max(groups.length - 1, 1);
  return Object.fromEntries(
    groups.map(({ name, layers }, i) => {
      const variables = layers.flatMap(({ weights }) =>
        weights.map((weight) => variableOf(weight).name),
      );
      const rateMultiplier = groups.length === 1 ? 1 : ratio ** (i / last - 1);
      return [name, { variables, rateMultiplier }];
    }),
  );
}
