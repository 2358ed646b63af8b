// The state of an optimizer as plain data, and its way into an optimizer.

import {
  GraftError,
  invalidArgument,
  isRuleDriven,
  type Rate,
  type RuleDrivenOptimizer,
  variableOf,
} from '@graftjs/core';
import { scalar, tensor, type Tensor, tidy, type Variable } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { fromKeras, isRecord } from './fields.js';
import { kerasClassName } from './layers/index.js';
import type { NamedArray } from './keras-model.js';
import { modelVariables } from './model-variables.js';
import { optimizerClass, unsupportedOptimizer } from './optimizer-classes.js';
import { snakeCase } from './snake-case.js';

/** How far an optimizer has come. */
export interface OptimizerState {
  /** Keras's class: `SGD`, `RMSprop`, `Adam`. */
  readonly name: string;
  /** Its settings, as Keras has them: `learning_rate`, `beta_1`, … */
  readonly config: Readonly<Record<string, unknown>>;
  /** Updates made. */
  readonly iterations: number;
  /** Absent where it is a schedule of Keras's that has no counterpart in `@graftjs/schedules`. */
  readonly learningRate?: Rate;
  /** By the path of a variable, `outer/dense/kernel`: its slots by Keras's names, such as `momentum`. */
  readonly slots: ReadonlyMap<string, Readonly<Record<string, SlotValues>>>;
}

/** Values of one slot; `data` is row-major. */
export type SlotValues = Pick<NamedArray, 'shape' | 'data'>;

/**
 * Puts a state into an optimizer, which then goes on where the other one stopped: the count of updates, the slots of the
 * model's variables, and the rate, a number or a schedule, unless this optimizer has a schedule. Its other settings stay
 * its own. Variables that the state does not know start from zeros.
 *
 * @param optimizer of the same class, with the same slots, as one of `@graftjs/optimizers`
 * @throws GraftError when optimizer, state and model do not belong together; the optimizer is then as it was
 * @example
 * const { model, optimizerState } = await loadResumable('run.keras');
 * const optimizer = new Adam();
 * if (optimizerState) await restoreOptimizer(optimizer, optimizerState, model);
 */
export async function restoreOptimizer(
  optimizer: RuleDrivenOptimizer,
  state: OptimizerState,
  model: LayersModel,
): Promise<void> {
  if (!isRuleDriven(optimizer)) {
    throw invalidArgument('optimizer', 'one of @graftjs/optimizers', optimizer);
  }
  const name = kerasClassName(optimizer.getClassName());
  if (name !== state.name) throw invalidArgument('optimizer', `of class ${state.name}`, name);
  const variables = new Map(modelVariables(model).map(({ path, variable }) => [path, variable]));
  const found = [...state.slots].map(([path, values]) => {
    const weight = variables.get(path);
    if (!weight)
      throw new GraftError(`the optimizer's state is of ${path}, which the model has not`);
    const variable = variableOf(weight);
    const slots = slotsOf(optimizer, variable);
    const names = slots.map(({ name }) => name);
    if (Object.keys(values).sort().join() !== [...names].sort().join()) {
      const kept = Object.keys(values).join(', ') || 'none';
      throw invalidArgument('optimizer', `one with the slots of the state (${kept})`, names);
    }
    const arrays = slots.map(({ name, values: { shape } }) => {
      const array = values[name] as SlotValues;
      if (array.shape.join() !== shape.join()) {
        throw new GraftError(
          `the optimizer's state of ${path} must have the shape [${shape}]. Received: [${array.shape}]`,
        );
      }
      return array;
    });
    return { variable, arrays };
  });
  const isConstant = typeof optimizer.learningRate === 'number';
  if (isConstant && state.learningRate === undefined && isRecord(state.config.learning_rate)) {
    const kind = String(state.config.learning_rate.class_name);
    const rule = `a schedule: the state's is ${kind} of Keras's, which has no counterpart here`;
    throw invalidArgument('learningRate of optimizer', rule, optimizer.learningRate);
  }

  // Without slots this forgets those that are there.
  const iterations = scalar(state.iterations, 'int32');
  await optimizer.setWeights([{ name: 'iter', tensor: iterations }]);
  iterations.dispose();
  tidy(() => {
    for (const { variable, arrays } of found) {
      optimizer.writeSlots(
        variable,
        arrays.map(({ shape, data }) => tensor(data, [...shape], 'float32')),
      );
    }
  });
  if (isConstant && state.learningRate !== undefined) optimizer.learningRate = state.learningRate;
}

/**
 * The options of `@graftjs/optimizers` with which an optimizer of the state's class goes on as the one that was saved; the
 * rate comes with the state.
 *
 * @throws GraftError when it had a setting that ours has not
 * @example
 * const optimizer = new Adam(optimizerOptions(optimizerState));
 * await restoreOptimizer(optimizer, optimizerState, model);
 */
export function optimizerOptions({
  name,
  config,
}: Pick<OptimizerState, 'name' | 'config'>): Readonly<Record<string, unknown>> {
  const known = optimizerClass(name);
  if (!known) throw unsupportedOptimizer('the state', name);
  const { momentum, use_ema: hasMean, weight_decay: decay } = config;
  // What is not in use may say what it likes.
  const isIdle = (setting: string) =>
    ['name', 'learning_rate', 'jit_compile'].includes(setting) ||
    (setting === 'nesterov' && momentum === 0) ||
    (setting.startsWith('ema_') && hasMean !== true);
  const used = Object.entries(config).filter(([setting]) => !isIdle(setting));
  const options = fromKeras(known.fields, Object.fromEntries(used), `the optimizer (${name})`);
  // Keras lets all variables decay, ours by default the kernels.
  return decay == null ? options : { ...options, decays: 'all' };
}

/** The slots of a variable by Keras's names; they are the optimizer's own. */
export function slotsOf(
  optimizer: RuleDrivenOptimizer,
  variable: Variable,
): { name: string; values: Tensor }[] {
  return optimizer.readSlots(variable).map((values, i) => ({
    ...{ name: snakeCase(optimizer.slotsOf(variable)[i] as string), values },
  }));
}

/** Slots as a file lists them, by variable; `paths` are those of all that train. */
export function assignSlots(
  paths: readonly string[],
  order: readonly { readonly path: string; readonly slot: string }[],
  arrays: readonly NamedArray[],
): OptimizerState['slots'] {
  const slots = new Map(paths.map((path) => [path, {} as Record<string, SlotValues>]));
  for (const [i, { path, slot }] of order.entries()) {
    const array = arrays[i];
    const values = slots.get(path);
    if (array && values) values[slot] = { shape: array.shape, data: array.data };
  }
  return slots;
}
