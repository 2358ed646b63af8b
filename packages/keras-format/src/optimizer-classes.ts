// The optimizers whose state can be read and written: their settings and slots in Keras's terms.

import { type Config, type Fields, flag, real } from './fields.js';

export interface OptimizerClass {
  readonly fields: Fields;
  /** The names of its slots with these settings, in groups: Keras lists a group's slots variable by variable. */
  slotGroups(config: Config): readonly (readonly string[])[];
}

const isPositive = (value: unknown) => typeof value === 'number' && value > 0;

/** By class name, which is Keras's, and ours with `Graft` before it. Slots have Keras's names, ours in snake case. */
export const optimizerClasses: Readonly<Record<string, OptimizerClass>> = {
  SGD: {
    fields: { momentum: real, nesterov: flag },
    slotGroups: ({ momentum }) => (isPositive(momentum) ? [['momentum']] : []),
  },
  RMSprop: {
    fields: { rho: real, momentum: real, epsilon: real, centered: flag },
    slotGroups: ({ momentum, centered }) => [
      ['velocity'],
      ...(isPositive(momentum) ? [['momentum']] : []),
      ...(centered === true ? [['average_gradient']] : []),
    ],
  },
  Adam: {
    fields: { beta_1: real, beta_2: real, epsilon: real },
    slotGroups: ({ amsgrad }) => [
      ['momentum', 'velocity'],
      ...(amsgrad === true ? [['velocity_hat']] : []),
    ],
  },
};

/** The entry of a Keras class, if there is one: names come from files. */
export function optimizerClass(name: string): OptimizerClass | undefined {
  return Object.hasOwn(optimizerClasses, name) ? optimizerClasses[name] : undefined;
}
