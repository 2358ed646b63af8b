// Groups of variables that train at a rate of their own, decay otherwise, or rest.

import { invalidArgument } from '@graftjs/core';
import { checkNotNegative } from './checks.js';

/** What is different for some variables. */
export interface ParameterGroup {
  /** Names of variables (`head/kernel`), or of what stands before a `/` in them: `head` means all weights of that layer. */
  readonly variables: readonly string[];
  /** The rate is multiplied by it; default 1. */
  readonly rateMultiplier?: number;
  /** In the place of the optimizer's `weightDecay`; null is none. It holds for all variables of the group, biases too. */
  readonly weightDecay?: number | null;
  /** Variables and slots are left as they are; default false. */
  readonly frozen?: boolean;
}

/** By label. A variable belongs to the first group that names it; the options of the optimizer hold for all others. */
export type ParameterGroups = Readonly<Record<string, ParameterGroup>>;

/** @throws GraftError for a group that is not one */
export function checkGroups(groups: ParameterGroups): void {
  for (const [label, group] of Object.entries(groups)) {
    const at = `groups.${label}`;
    const { variables, rateMultiplier = 1, weightDecay, frozen = false } = group;
    const named = Array.isArray(variables) && variables.every((name) => typeof name === 'string');
    if (!named) throw invalidArgument(`${at}.variables`, 'a list of names', variables);
    checkNotNegative({
      [`${at}.rateMultiplier`]: rateMultiplier,
      [`${at}.weightDecay`]: weightDecay ?? 0,
    });
    if (typeof frozen !== 'boolean') throw invalidArgument(`${at}.frozen`, 'true or false', frozen);
  }
}

export function groupOf(groups: ParameterGroups, name: string): ParameterGroup | undefined {
  return Object.values(groups).find(({ variables }) =>
    variables.some((each) => name === each || name.startsWith(`${each}/`)),
  );
}
