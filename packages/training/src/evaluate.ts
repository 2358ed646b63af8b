// Measures a model on a dataset, in inference mode.

import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { Dataset, Logs } from '@graftjs/core';
import { checkDataset } from './checks.js';
import { enterObjective, type Objective, type ObjectiveOptions } from './objective.js';
import { pacer } from './pacer.js';
import { RunningTotals } from './running-totals.js';

export interface EvaluateOptions extends ObjectiveOptions {
  /** Stops between two batches, with the signal's reason. */
  signal?: AbortSignal;
}

/**
 * The mean loss (penalties included, as in Keras) and metrics over a dataset. Where batches have `sampleWeights`, the loss
 * of each example is multiplied by its weight.
 *
 * @returns `{ loss, accuracy, … }`
 * @throws GraftError for an unknown loss or metric, or batches that do not fit the model
 * @example
 * const { accuracy } = await evaluate(model, test, { loss: 'categoricalCrossentropy', metrics: ['accuracy'] });
 */
export async function evaluate(
  model: LayersModel,
  data: Dataset,
  options: EvaluateOptions = {},
): Promise<Logs> {
  checkDataset('data', data);
  const objective = enterObjective(model, options);
  try {
    return await measureAll(objective, data, options.signal);
  } finally {
    objective.leave();
  }
}

/** One pass over the data with an objective that is already entered. */
export async function measureAll(
  objective: Objective,
  data: Dataset,
  signal?: AbortSignal,
): Promise<Logs> {
  const running = new RunningTotals(objective);
  const pace = pacer(signal);
  try {
    for await (const batch of data) {
      try {
        objective.check(batch);
        const totals = tf.tidy(() => objective.measure(batch, false).totals);
        running.add(totals, batch.xs.shape[0] as number);
      } finally {
        tf.dispose({ ...batch });
      }
      await pace();
    }
    return await running.read();
  } finally {
    running.dispose();
  }
}
