// Measures a model on a dataset, in inference mode.

import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { batchTensors, type Dataset, type ForwardPass, type Logs } from '@graftjs/core';
import { checkDataset } from './checks.js';
import { enterObjective, type Objective, type ObjectiveOptions } from './objective.js';
import { makePass } from './make-pass.js';
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
  const pass = makePass(model, data.batches);
  try {
    return await measureAll(objective, data, options.signal, pass);
  } finally {
    pass.dispose();
    objective.leave();
  }
}

/** One pass over the data with an objective that is already entered; without a `pass`, op by op. */
export async function measureAll(
  objective: Objective,
  data: Dataset,
  signal?: AbortSignal,
  pass?: ForwardPass,
): Promise<Logs> {
  const running = new RunningTotals(objective);
  const pace = pacer(signal);
  try {
    for await (const batch of data) {
      try {
        objective.check(batch);
        const measure = () => tf.tidy(() => objective.measure(batch, false).totals);
        const totals = pass ? pass.run(batchTensors(batch), measure) : measure();
        running.add(totals as tf.Tensor1D, batch.xs.shape[0] as number);
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
