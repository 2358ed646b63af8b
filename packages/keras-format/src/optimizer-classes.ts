// The optimizers whose state can be read and written: their settings and slots in Keras's terms.

import { GraftError, invalidArgument, isRuleDriven, type RuleDrivenOptimizer } from '@graftjs/core';
import { type Config, type Fields, flag, real, toKeras } from './fields.js';
import { kerasClassName } from './layers/index.js';

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

/**
 * What Keras calls an optimizer, and its settings but for the rate.
 *
 * @throws GraftError when it is none of ours, or one that is not known here
 */
export function settingsOf(optimizer: RuleDrivenOptimizer): {
  readonly name: string;
  readonly config: Config;
  readonly known: OptimizerClass;
} {
  if (!isRuleDriven(optimizer)) {
    throw invalidArgument('optimizer', 'one of @graftjs/optimizers', optimizer);
  }
  const name = kerasClassName(optimizer.getClassName());
  const known = optimizerClass(name);
  if (!known) throw unsupportedOptimizer('optimizer', name);
  const config = toKeras(known.fields, optimizer.getConfig(), `optimizer (${name})`);
  return { name, config, known };
}

export function unsupportedOptimizer(what: string, name: string): GraftError {
  const known = Object.keys(optimizerClasses).join(', ');
  return new GraftError(
    `${what} is of class ${name}, whose state is not supported (known: ${known})`,
  );
}
