// Trains with a backup, and kills itself where it is told to: program.cjs BACKUP EVERY_BATCHES OUTCOME [EPOCH BATCH]

import '@tensorflow/tfjs-backend-cpu';
import { writeFileSync } from 'node:fs';
import { fit } from '@graftjs/training';
import { backupAndRestore } from '@graftjs/training/node';
import type { Callback } from '@graftjs/core';
import { outcome, setUp } from './setup.js';

const [path = '', everyBatches = '', out = '', ...place] = process.argv.slice(2);
const problem = setUp(1);
const killed: Callback = {
  onBatchEnd({ epoch, batch }) {
    console.log(`batch ${epoch}.${batch}`);
    if (place.join('.') === `${epoch}.${batch}`) process.kill(process.pid, 'SIGKILL');
  },
};
const backup = backupAndRestore({
  path,
  ...(everyBatches !== '0' && { everyBatches: Number(everyBatches) }),
});
const callbacks = [backup, ...(problem.options.callbacks ?? []), killed];
void fit(problem.model, problem.data, { ...problem.options, callbacks }).then(
  async ({ logs }) => writeFileSync(out, await outcome(problem, logs)),
  (error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  },
);
