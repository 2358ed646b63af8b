// A run that does nothing, for tests of what callbacks do in one.

import type { TrainingRun } from '@graftjs/core';

export function trainingRun(
  run: Pick<TrainingRun, 'model' | 'optimizer'> & Partial<TrainingRun>,
): TrainingRun {
  return {
    ...{ epochs: 1, batches: 1 },
    stop: () => undefined,
    saveState: async () => null,
    restoreState: () => undefined,
    ...run,
  };
}
