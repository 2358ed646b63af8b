// How a model is compiled and how far its optimizer has come, as Keras's files have it.

import { GraftError, invalidArgument, type RuleDrivenOptimizer, variableOf } from '@graftjs/core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { readArray } from './collect-weights.js';
import type { NamedArray, StoredTraining } from './keras-model.js';
import { scheduleToKeras } from './keras-schedules.js';
import { modelVariables } from './model-variables.js';
import { type OptimizerClass, settingsOf, slotOrder } from './optimizer-classes.js';
import { slotsOf } from './optimizer-state.js';
import { snakeCase } from './snake-case.js';

/** What to save with a model, so that training can go on with it. */
export interface TrainingToSave {
  /**
   * One of `@graftjs/optimizers` that Keras has, too. Its rate is a number, or a
   * schedule of `@graftjs/schedules` that Keras has, too.
   */
  readonly optimizer?: RuleDrivenOptimizer;
  /** The loss by name, such as `categoricalCrossentropy`; takes an optimizer, too. */
  readonly loss?: string;
  /** Metrics by name, such as `accuracy`; takes an optimizer, too. */
  readonly metrics?: readonly string[];
}

/** What Keras would write of this training. */
export async function describeTraining(
  model: LayersModel,
  { optimizer, loss, metrics }: TrainingToSave,
): Promise<StoredTraining | undefined> {
  if (optimizer === undefined) {
    if (loss === undefined && metrics === undefined) return undefined;
    throw invalidArgument('optimizer', 'given where loss or metrics are', optimizer);
  }
  const { name, config: settings, known } = settingsOf(optimizer);
  const { learningRate, iterations } = optimizer;
  const rate = typeof learningRate === 'number' ? learningRate : scheduleToKeras(learningRate);
  const folder = name.toLowerCase();
  const config = { name: folder, learning_rate: rate, ...settings };
  const compiled = {
    optimizer: { module: 'keras.optimizers', class_name: name, config, registered_name: null },
    loss: loss === undefined ? null : snakeCase(loss),
    loss_weights: null,
    metrics: metrics?.map(snakeCase) ?? null,
    ...{ weighted_metrics: null, run_eagerly: false, steps_per_execution: 1, jit_compile: false },
  };
  const slots = await readSlots(optimizer, model, known, config);
  const scalars = (known.scalars?.(config, iterations) ?? []).map((value, i) => ({
    ...{ name: `${folder}/variable_${i}`, shape: [], data: Float32Array.of(value) },
  }));
  // A schedule is no variable.
  const rates =
    typeof rate === 'number'
      ? [{ name: `${folder}/learning_rate`, shape: [], data: Float32Array.of(rate) }]
      : [];
  return { compiled, optimizer: { iterations, variables: [...rates, ...slots, ...scalars] } };
}

function readSlots(
  optimizer: RuleDrivenOptimizer,
  model: LayersModel,
  known: OptimizerClass,
  config: Readonly<Record<string, unknown>>,
): Promise<NamedArray[]> {
  const weights = modelVariables(model)
    .filter(({ trainable }) => trainable)
    .map(({ path, variable }) => ({ path, shape: variable.shape, variable: variableOf(variable) }));
  const variables = new Map(weights.map(({ path, variable }) => [path, variable]));
  const reads = slotOrder(known, config, weights).map(({ path, slot }) => {
    const variable = variables.get(path);
    const found = variable && slotsOf(optimizer, variable).find(({ name }) => name === slot);
    if (!found)
      throw new GraftError(`the optimizer has no slot ${slot} of ${path}, which Keras's has`);
    return readArray(`${String(config.name)}/${path}/${slot}`, found.values);
  });
  return Promise.all(reads);
}
