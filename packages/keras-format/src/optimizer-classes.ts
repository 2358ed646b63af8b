// The optimizers whose state can be read and written: their settings and slots in Keras's terms.

import { GraftError, invalidArgument, isRuleDriven, type RuleDrivenOptimizer } from '@graftjs/core';
import {
  type Config,
  count,
  type Fields,
  flag,
  real,
  realOrNull,
  same,
  toKeras,
} from './fields.js';
import { kerasClassName } from './layers/index.js';

export interface OptimizerClass {
  readonly fields: Fields;
  /** The names of its slots with these settings, in groups: Keras lists a group's slots variable by variable. */
  slotGroups(config: Config): readonly (readonly string[])[];
  /** Whether a variable has a slot; all have all where nothing is said. */
  hasSlot?(slot: string, variable: SlottedVariable, config: Config): boolean;
  /** The scalars that follow the slots, after so many updates; they follow from these. */
  scalars?(config: Config, updates: number): readonly number[];
}

/** A variable that may have slots. */
export interface SlottedVariable {
  readonly path: string;
  readonly shape: readonly (number | null)[];
}

const isPositive = (value: unknown) => typeof value === 'number' && value > 0;

/** Keras's options of every optimizer; the others of ours have no place in a file of Keras. */
const options: Fields = {
  ...{ weight_decay: realOrNull, clipnorm: realOrNull, global_clipnorm: realOrNull },
  ...{ clipvalue: realOrNull, use_ema: flag, ema_momentum: real },
  ...{ ema_overwrite_frequency: realOrNull, gradient_accumulation_steps: realOrNull },
};

const names = same(
  'a list of names',
  (value) => Array.isArray(value) && value.every((name) => typeof name === 'string'),
);
const betas: Fields = { beta_1: real, beta_2: real, epsilon: real };

/** The same slots for all variables, whatever the settings. */
const withSlots = (fields: Fields, ...slots: string[]): OptimizerClass => ({
  fields,
  slotGroups: () => [slots],
});

const adam: OptimizerClass = {
  fields: { ...betas, amsgrad: flag },
  slotGroups: ({ amsgrad }) => [
    ['momentum', 'velocity'],
    ...(amsgrad === true ? [['velocity_hat']] : []),
  ],
};

/** By class name, which is Keras's, and ours with `Graft` before it. Slots have Keras's names, ours in snake case. */
const ownParts: Readonly<Record<string, OptimizerClass>> = {
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
  Adam: adam,
  AdamW: adam,
  Adagrad: withSlots({ initial_accumulator_value: real, epsilon: real }, 'accumulator'),
  Adadelta: withSlots({ rho: real, epsilon: real }, 'accumulated_grad', 'accumulated_delta_var'),
  Adamax: withSlots(betas, 'momentum', 'norm'),
  Nadam: {
    ...withSlots(betas, 'momentum', 'velocity'),
    scalars: ({ beta_1: beta }, updates) => [momentumProduct(Number(beta), updates)],
  },
  Lion: withSlots({ beta_1: real, beta_2: real }, 'momentum'),
  Lamb: withSlots(betas, 'momentum', 'velocity'),
  Ftrl: withSlots(
    {
      ...{ learning_rate_power: real, initial_accumulator_value: real },
      ...{ l1_regularization_strength: real, l2_regularization_strength: real },
      ...{ l2_shrinkage_regularization_strength: real, beta: real },
    },
    ...['accumulator', 'linear'],
  ),
  Adafactor: withSlots(
    {
      ...{ beta_2_decay: real, epsilon_1: real, epsilon_2: real, clip_threshold: real },
      // Whatever it says, it changes nothing in Keras.
      relative_step: { ...flag, toKeras: () => true },
    },
    ...['row', 'column', 'velocity'],
  ),
  ScheduleFreeAdamW: withSlots({ ...betas, warmup_steps: real }, 'momentum', 'velocity'),
  Muon: {
    fields: {
      ...{ adam_beta_1: real, adam_beta_2: real, adam_weight_decay: realOrNull },
      ...{ adam_lr_ratio: real, epsilon: real, exclude_layers: names, exclude_embeddings: flag },
      ...{ momentum: real, ns_steps: count, nesterov: flag, rms_rate: realOrNull },
    },
    slotGroups: () => [['momentum', 'velocity']],
    hasSlot: (slot, variable, config) => slot === 'momentum' || isTrainedByAdam(variable, config),
  },
};

/** By class name, with Keras's options. */
export const optimizerClasses: Readonly<Record<string, OptimizerClass>> = Object.fromEntries(
  Object.entries(ownParts).map(([name, own]) => [name, withOptions(own)]),
);

function withOptions(own: OptimizerClass): OptimizerClass {
  return {
    ...own,
    fields: { ...own.fields, ...options },
    slotGroups: (config) => [
      ...(config.use_ema === true ? [['average']] : []),
      ...(isPositive(config.gradient_accumulation_steps) ? [['gradient_accumulator']] : []),
      ...own.slotGroups(config),
    ],
    hasSlot: (slot, variable, config) =>
      slot === 'average' ||
      slot === 'gradient_accumulator' ||
      (own.hasSlot?.(slot, variable, config) ?? true),
  };
}

/** The product of Nadam's momenta, β·(1 − 0.96ᵗ/2) for t = 1 … updates. */
function momentumProduct(beta: number, updates: number): number {
  let product = 1;
  for (let t = 1; t <= updates; t++) product *= beta * (1 - 0.5 * 0.96 ** t);
  return product;
}

/** As Keras's Muon decides. */
function isTrainedByAdam({ path, shape }: SlottedVariable, config: Config): boolean {
  const { exclude_embeddings: embeddings = true, exclude_layers: layers } = config;
  return (
    shape.length !== 2 ||
    (embeddings === true && path.toLowerCase().includes('embedding')) ||
    // Regular expressions in Keras; one from a file might never come to an end.
    (Array.isArray(layers) && layers.some((name) => path.includes(String(name))))
  );
}

/** Keras's order of slots. */
export function slotOrder(
  known: OptimizerClass,
  config: Config,
  variables: readonly SlottedVariable[],
): { path: string; slot: string }[] {
  return known
    .slotGroups(config)
    .flatMap((group) =>
      variables.flatMap((variable) =>
        group
          .filter((slot) => known.hasSlot?.(slot, variable, config) ?? true)
          .map((slot) => ({ path: variable.path, slot })),
      ),
    );
}

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
