// What a file says of its model's training, fitted to the model.

import { GraftError, invalidArgument, type RuleDrivenOptimizer } from '@graftjs/core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { type Config, isRecord } from './fields.js';
import type { KerasObject, StoredOptimizer, StoredTraining } from './keras-model.js';
import { scheduleFromKeras } from './keras-schedules.js';
import { modelVariables, trainablePaths } from './model-variables.js';
import {
  type OptimizerClass,
  optimizerClass,
  settingsOf,
  slotOrder,
  unsupportedOptimizer,
} from './optimizer-classes.js';
import { assignSlots, type OptimizerState } from './optimizer-state.js';
import { camelCase } from './snake-case.js';

/** A model with what its file says of its training. */
export interface Resumable {
  readonly model: LayersModel;
  /** For `restoreOptimizer`; absent where the model was not compiled, or not trained yet. */
  readonly optimizerState?: OptimizerState;
  /** A name as it is written here, `categoricalCrossentropy`, or the object that Keras has written. */
  readonly loss?: unknown;
  /** Likewise. */
  readonly metrics?: readonly unknown[];
}

/**
 * What a file says of its model's training.
 *
 * @throws GraftError when the file's optimizer is not supported, or does not fit the model
 */
export function readTraining(
  { compiled, optimizer }: StoredTraining,
  model: LayersModel,
  fileName: string,
): Omit<Resumable, 'model'> {
  if (!isRecord(compiled)) return {};
  const { loss, metrics } = compiled;
  const state = optimizer && stateIn(compiled.optimizer, optimizer, model, fileName);
  return {
    ...(state && { optimizerState: state }),
    ...(loss != null && { loss: named(loss) }),
    ...(Array.isArray(metrics) && { metrics: metrics.map(named) }),
  };
}

function stateIn(
  value: unknown,
  stored: StoredOptimizer,
  model: LayersModel,
  fileName: string,
): OptimizerState | undefined {
  if (!isRecord(value) || typeof value.class_name !== 'string' || !isRecord(value.config)) {
    throw invalidArgument(
      `the optimizer in ${fileName}`,
      'an object with class_name and config',
      value,
    );
  }
  const { class_name: name, config } = value as unknown as KerasObject;
  const { learning_rate: rate } = config;
  // A rate that is a schedule is no variable.
  const isConstant = typeof rate === 'number';
  const arrays = isConstant ? stored.variables.slice(1) : stored.variables;
  const learningRate = isConstant ? stored.variables[0]?.data[0] : scheduleFromKeras(rate);
  const { iterations } = stored;
  const slots = slotsOf(name, config, { iterations, variables: arrays }, model, fileName);
  const state = { name, config, iterations, ...(learningRate !== undefined && { learningRate }) };
  return slots && { ...state, slots };
}

/**
 * The state that a file of weights has for an optimizer: such a file does not say whose it is.
 *
 * @throws GraftError when it does not fit optimizer and model
 */
export function stateFor(
  optimizer: RuleDrivenOptimizer,
  { iterations, variables }: StoredOptimizer,
  model: LayersModel,
  fileName: string,
): OptimizerState {
  const { name, config, known } = settingsOf(optimizer);
  const expected = numberOfArrays(known, config, model, iterations);
  // Before the slots a constant rate, and no schedule.
  const [first] = variables;
  const isConstant = variables.length !== expected && first?.shape.length === 0;
  const arrays = isConstant ? variables.slice(1) : variables;
  const learningRate = isConstant ? first.data[0] : undefined;
  const slots = slotsOf(name, config, { iterations, variables: arrays }, model, fileName);
  return {
    ...{ name, config, iterations, slots: slots ?? new Map() },
    ...(learningRate !== undefined && { learningRate }),
  };
}

/** Undefined where training has not begun. */
function slotsOf(
  name: string,
  config: Config,
  { iterations, variables }: StoredOptimizer,
  model: LayersModel,
  fileName: string,
): OptimizerState['slots'] | undefined {
  const known = optimizerClass(name);
  if (!known) throw unsupportedOptimizer(`the optimizer in ${fileName}`, name);
  const paths = trainablePaths(model);
  const expected = numberOfArrays(known, config, model, iterations);
  // Keras makes the slots at the first step, and may save before.
  if (iterations === 0 && variables.length === 0 && expected > 0) return undefined;
  if (variables.length !== expected) {
    throw new GraftError(
      `the optimizer in ${fileName} must have ${expected} slots (${name}, ${paths.length} trainable weights). Received: ${variables.length}`,
    );
  }
  return assignSlots(paths, slotsFor(known, config, model), variables);
}

function slotsFor(known: OptimizerClass, config: Config, model: LayersModel) {
  const variables = modelVariables(model)
    .filter(({ trainable }) => trainable)
    .map(({ path, variable }) => ({ path, shape: variable.shape }));
  return slotOrder(known, config, variables);
}

/** After the count of updates and the rate. */
function numberOfArrays(
  known: OptimizerClass,
  config: Config,
  model: LayersModel,
  updates: number,
): number {
  const scalars = known.scalars?.(config, updates).length ?? 0;
  return slotsFor(known, config, model).length + scalars;
}

const named = (value: unknown): unknown => (typeof value === 'string' ? camelCase(value) : value);
