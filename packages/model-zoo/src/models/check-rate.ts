// The rule for rates of dropout, whatever is dropped.

import { invalidArgument } from '@graftjs/core';

/** @throws GraftError when nothing would be left, or the rate is no share at all */
export function checkRate(argument: string, rate: number): void {
  if (!(rate >= 0 && rate < 1)) throw invalidArgument(argument, 'in [0, 1)', rate);
}
