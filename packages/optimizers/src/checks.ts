// What the settings of several optimizers must be.

import { invalidArgument } from '@graftjs/core';

type Numbers = Readonly<Record<string, number>>;

/** The decays of running means: numbers in [0, 1). */
export function checkDecays(values: Numbers): void {
  check(values, 'a number in [0, 1)', (value) => value >= 0 && value < 1);
}

export function checkPositive(values: Numbers): void {
  check(values, 'a number above 0', (value) => value > 0);
}

export function checkNotNegative(values: Numbers): void {
  check(values, 'a finite number ≥ 0', (value) => value >= 0);
}

function check(values: Numbers, rule: string, holds: (value: number) => boolean): void {
  for (const [name, value] of Object.entries(values)) {
    if (!(Number.isFinite(value) && holds(value))) throw invalidArgument(name, rule, value);
  }
}
