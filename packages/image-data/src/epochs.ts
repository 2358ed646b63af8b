// The epochs of a data set: their seed, and the number of the next one. Order and mixing follow from these two.

import { invalidArgument, type Resumable, type State } from '@graftjs/core';

export class Epochs implements Resumable {
  private next = 0;

  /**
   * @param seed an integer; by default a new one each time
   * @throws GraftError for a seed that is no integer
   */
  constructor(private seed = Math.floor(Math.random() * 2 ** 32)) {
    if (!Number.isSafeInteger(seed)) throw invalidArgument('seed', 'an integer', seed);
  }

  /** Begins an epoch; counted from 0. */
  begin(): { readonly seed: number; readonly epoch: number } {
    return { seed: this.seed, epoch: this.next++ };
  }

  saveState(): State {
    return { seed: this.seed, next: this.next };
  }

  restoreState(state: State): void {
    ({ seed: this.seed, next: this.next } = state as { seed: number; next: number });
  }
}

/** A data set's epochs and those of the data set that it is made of: both go on together. */
export function resumeTogether(epochs: Resumable, data: Resumable): Resumable {
  return {
    saveState: async () => [await epochs.saveState(), await data.saveState()],
    async restoreState(state) {
      const [ofEpochs, ofData] = state as [State, State];
      await epochs.restoreState(ofEpochs);
      await data.restoreState(ofData);
    },
  };
}
