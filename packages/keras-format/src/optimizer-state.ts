// The state of an optimizer as plain data, and its way into an optimizer.

import {
  GraftError,
  invalidArgument,
  isRuleDriven,
  type Rate,
  type RuleDrivenOptimizer,
  variableOf,
} from '@graftjs/core';
import { scalar, tensor, tidy } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { isRecord } from './fields.js';
import { kerasClassName } from './layers/index.js';
import type { NamedArray } from './keras-model.js';
import { modelVariables } from './model-variables.js';
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
  const slots = optimizer.rule.slots.map(snakeCase);
  const variables = new Map(modelVariables(model).map(({ path, variable }) => [path, variable]));
  const found = [...state.slots].map(([path, values]) => {
    const variable = variables.get(path);
    if (!variable)
      throw new GraftError(`the optimizer's state is of ${path}, which the model has not`);
    if (Object.keys(values).sort().join() !== [...slots].sort().join()) {
      const kept = Object.keys(values).join(', ') || 'none';
      throw invalidArgument('optimizer', `one with the slots of the state (${kept})`, slots);
    }
    const arrays = slots.map((slot) => values[slot] as SlotValues);
    const wrong = arrays.find(({ shape }) => shape.join() !== variable.shape.join());
    if (wrong) {
      throw new GraftError(
        `the optimizer's state of ${path} must have the shape [${variable.shape}]. Received: [${wrong.shape}]`,
      );
    }
    return { variable: variableOf(variable), arrays };
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

/** Slots as a file lists them, by variable. */
export function assignSlots(
  paths: readonly string[],
  groups: readonly (readonly string[])[],
  arrays: readonly NamedArray[],
): OptimizerState['slots'] {
  const slots = new Map(paths.map((path) => [path, {} as Record<string, SlotValues>]));
  let next = 0;
  for (const { path, slot } of slotOrder(paths, groups)) {
    const array = arrays[next++];
    const values = slots.get(path);
    if (array && values) values[slot] = { shape: array.shape, data: array.data };
  }
  return slots;
}

/** Keras's order of slots. */
export function slotOrder(
  paths: readonly string[],
  groups: readonly (readonly string[])[],
): { path: string; slot: string }[] {
  return groups.flatMap((group) => paths.flatMap((path) => group.map((slot) => ({ path, slot }))));
}
