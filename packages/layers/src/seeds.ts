// Seeds for the numbers that a layer draws.

import type { Resumable, State } from '@graftjs/core';

/** One seed after another, so that a layer with a seed draws other numbers in each call, and the same ones in each run. */
export class Seeds implements Resumable {
  private drawn = 0;

  /** @param seed null for numbers that nobody foretells */
  constructor(readonly seed: number | null) {}

  next(): number | undefined {
    return this.seed === null ? undefined : this.seed + this.drawn++;
  }

  saveState(): State {
    return this.drawn;
  }

  restoreState(state: State): void {
    this.drawn = state as number;
  }
}
