// A running mean of the weights beside a rule: the mean often generalises better than the last weight.

import type { UpdateRule } from '@graftjs/core';
import { withoutNative } from './without-native.js';

export interface MovingAverage {
  readonly momentum: number;
  /** Every so many updates the weight becomes the mean. */
  readonly overwriteFrequency: number | null;
}

/** a ← μ·a + (1 − μ)·w after each step, as Keras has it: after the very first update a is w. */
export function withMovingAverage(
  rule: UpdateRule,
  { momentum, overwriteFrequency }: MovingAverage,
): UpdateRule {
  return {
    ...withoutNative(rule),
    name: `${rule.name} with moving average`,
    slots: [...rule.slots, 'average'],
    initial: { ...rule.initial, average: 'weight' },
    scalars(rate, update, age) {
      const kept = age === 1 ? 0 : momentum;
      const overwrites = overwriteFrequency !== null && update % overwriteFrequency === 0;
      return {
        ...rule.scalars(rate, update, age),
        ...{ averageKept: kept, averageFresh: 1 - kept },
        ...(overwriteFrequency !== null && {
          weightKept: overwrites ? 0 : 1,
          weightAveraged: overwrites ? 1 : 0,
        }),
      };
    },
    update<E>(...[a, inputs]: Parameters<typeof rule.update<E>>) {
      const next = rule.update(a, inputs);
      const s = inputs.scalars as Record<string, E>;
      const mix = (x: string, of: E, y: string, and: E) =>
        a.add(a.mul(s[x] as E, of), a.mul(s[y] as E, and));
      const { average: before } = inputs.slots as Record<string, E>;
      const average = mix('averageKept', before as E, 'averageFresh', next.weight);
      const weight =
        overwriteFrequency === null
          ? next.weight
          : mix('weightKept', next.weight, 'weightAveraged', average);
      return { weight, slots: { ...next.slots, average } };
    },
    evaluationWeight: <E>(_: unknown, { slots }: { slots: Readonly<Record<string, E>> }) =>
      slots.average as E,
  };
}
