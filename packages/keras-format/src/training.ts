// How a model is compiled and how far its optimizer has come: between Keras's files and what training takes here.

import {
  GraftError,
  invalidArgument,
  isRuleDriven,
  type RuleDrivenOptimizer,
  variableOf,
} from '@graftjs/core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { readArray } from './collect-weights.js';
import { isRecord, toKeras } from './fields.js';
import type { KerasObject, NamedArray, StoredTraining } from './keras-model.js';
import { kerasClassName } from './layers/index.js';
import { modelVariables } from './model-variables.js';
import { optimizerClass, optimizerClasses } from './optimizer-classes.js';
import { assignSlots, type OptimizerState, slotOrder } from './optimizer-state.js';
import { camelCase, snakeCase } from './snake-case.js';

/** What to save with a model, so that training can go on with it. */
export interface TrainingToSave {
  /** One of `@graftjs/optimizers` that Keras has and this package knows: SGD, RMSprop, Adam. */
  readonly optimizer?: RuleDrivenOptimizer;
  /** The loss by name, such as `categoricalCrossentropy`; takes an optimizer, too. */
  readonly loss?: string;
  /** Metrics by name, such as `accuracy`; takes an optimizer, too. */
  readonly metrics?: readonly string[];
}

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

/** What Keras would write of this training. */
export async function describeTraining(
  model: LayersModel,
  { optimizer, loss, metrics }: TrainingToSave,
): Promise<StoredTraining | undefined> {
  if (optimizer === undefined) {
    if (loss === undefined && metrics === undefined) return undefined;
    throw invalidArgument('optimizer', 'given where loss or metrics are', optimizer);
  }
  if (!isRuleDriven(optimizer)) {
    throw invalidArgument('optimizer', 'one of @graftjs/optimizers', optimizer);
  }
  const name = kerasClassName(optimizer.getClassName());
  const known = optimizerClass(name);
  if (!known) throw unsupported('optimizer', name);
  const { learningRate } = optimizer;
  if (typeof learningRate !== 'number') {
    throw new GraftError('optimizer cannot be written: its learning rate is a schedule');
  }
  const settings = toKeras(known.fields, optimizer.getConfig(), `optimizer (${name})`);
  const config = { name: name.toLowerCase(), learning_rate: learningRate, ...settings };
  const compiled = {
    optimizer: { module: 'keras.optimizers', class_name: name, config, registered_name: null },
    loss: loss === undefined ? null : snakeCase(loss),
    loss_weights: null,
    metrics: metrics?.map(snakeCase) ?? null,
    ...{ weighted_metrics: null, run_eagerly: false, steps_per_execution: 1, jit_compile: false },
  };
  const variables = await readSlots(optimizer, model, known.slotGroups(config), name.toLowerCase());
  const rate = { name: `${name.toLowerCase()}/learning_rate`, shape: [] };
  const rateArray = { ...rate, data: Float32Array.of(learningRate) };
  const { iterations } = optimizer;
  return { compiled, optimizer: { iterations, variables: [rateArray, ...variables] } };
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
  const state = optimizer && readState(compiled.optimizer, optimizer, model, fileName);
  return {
    ...(state && { optimizerState: state }),
    ...(loss != null && { loss: named(loss) }),
    ...(Array.isArray(metrics) && { metrics: metrics.map(named) }),
  };
}

function readState(
  value: unknown,
  { iterations, variables }: NonNullable<StoredTraining['optimizer']>,
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
  const known = optimizerClass(name);
  if (!known) throw unsupported(`the optimizer in ${fileName}`, name);
  const hasRate = typeof config.learning_rate === 'number';
  const rate = hasRate ? variables[0]?.data[0] : undefined;
  const arrays = hasRate ? variables.slice(1) : variables;
  const trainable = modelVariables(model).filter((each) => each.trainable);
  const groups = known.slotGroups(config);
  const expected = slotOrder(
    trainable.map(({ path }) => path),
    groups,
  );
  // Keras makes the slots at the first step, and may save before.
  if (iterations === 0 && arrays.length === 0 && expected.length > 0) return undefined;
  if (arrays.length !== expected.length) {
    throw new GraftError(
      `the optimizer in ${fileName} must have ${expected.length} slots (${name}, ${trainable.length} trainable weights). Received: ${arrays.length}`,
    );
  }
  const slots = assignSlots(
    trainable.map(({ path }) => path),
    groups,
    arrays,
  );
  return { name, config, iterations, ...(rate !== undefined && { learningRate: rate }), slots };
}

function unsupported(what: string, name: string): GraftError {
  const known = Object.keys(optimizerClasses).join(', ');
  return new GraftError(
    `${what} is of class ${name}, whose state is not supported (known: ${known})`,
  );
}

const named = (value: unknown): unknown => (typeof value === 'string' ? camelCase(value) : value);
