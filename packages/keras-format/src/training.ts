// How a model is compiled and how far its optimizer has come, as Keras's files have it.

import { GraftError, invalidArgument, type RuleDrivenOptimizer, variableOf } from '@graftjs/core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { readArray } from './collect-weights.js';
import type { NamedArray, StoredTraining } from './keras-model.js';
import { scheduleToKeras } from './keras-schedules.js';
import { modelVariables } from './model-variables.js';
import { settingsOf } from './optimizer-classes.js';
import { slotOrder } from './optimizer-state.js';
import { snakeCase } from './snake-case.js';

/** What to save with a model, so that training can go on with it. */
export interface TrainingToSave {
  /**
   * One of `@graftjs/optimizers` that Keras has and this package knows: SGD, RMSprop, Adam. Its rate is a number, or a
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
  const slots = await readSlots(optimizer, model, known.slotGroups(config), folder);
  // A schedule is no variable.
  const rates =
    typeof rate === 'number'
      ? [{ name: `${folder}/learning_rate`, shape: [], data: Float32Array.of(rate) }]
      : [];
  return { compiled, optimizer: { iterations, variables: [...rates, ...slots] } };
}

function readSlots(
  optimizer: RuleDrivenOptimizer,
  model: LayersModel,
  groups: readonly (readonly string[])[],
  folder: string,
): Promise<NamedArray[]> {
  const trainable = modelVariables(model).filter((each) => each.trainable);
  const variables = new Map(trainable.map(({ path, variable }) => [path, variableOf(variable)]));
  const names = optimizer.rule.slots.map(snakeCase);
  const reads = slotOrder([...variables.keys()], groups).map(({ path, slot }) => {
    const variable = variables.get(path);
    const values = variable && optimizer.readSlots(variable)[names.indexOf(slot)];
    if (!values) throw new GraftError(`the optimizer has no slot ${slot}, which Keras's has`);
    return readArray(`${folder}/${path}/${slot}`, values);
  });
  return Promise.all(reads);
}
