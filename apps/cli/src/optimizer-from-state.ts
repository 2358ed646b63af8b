// The optimizer of @graftjs/optimizers for the state that a Keras file holds.

import type { LayersModel } from '@tensorflow/tfjs-layers';
import { GraftError } from '@graftjs/core';
import { restoreOptimizer, type OptimizerState } from '@graftjs/keras-format';
import { Adam, RMSprop, SGD, type RuleOptimizer } from '@graftjs/optimizers';

type Settings = Readonly<Record<string, number>>;

const makers: Readonly<Record<string, (settings: Settings, flags: Flags) => RuleOptimizer>> = {
  SGD: ({ momentum = 0 }, { nesterov }) =>
    new SGD({ momentum, nesterov: nesterov && momentum > 0 }),
  RMSprop: ({ rho = 0.9, momentum = 0, epsilon = 1e-7 }, { centered }) =>
    new RMSprop({ rho, momentum, epsilon, centered }),
  Adam: ({ beta_1: beta1 = 0.9, beta_2: beta2 = 0.999, epsilon = 1e-7 }) =>
    new Adam({ beta1, beta2, epsilon }),
};

interface Flags {
  readonly nesterov: boolean;
  readonly centered: boolean;
}

/** Settings of Keras's that change an update, and that these optimizers do not have. */
const unsupported = [
  ...['weight_decay', 'clipnorm', 'global_clipnorm', 'clipvalue', 'use_ema', 'amsgrad'],
  ...['loss_scale_factor', 'gradient_accumulation_steps'],
];

/** @throws GraftError for an optimizer, or a setting of it, that Graft does not have */
export async function optimizerFromState(
  state: OptimizerState,
  model: LayersModel,
): Promise<RuleOptimizer> {
  const make = Object.hasOwn(makers, state.name) ? makers[state.name] : undefined;
  if (!make) {
    const known = Object.keys(makers).join(', ');
    throw new GraftError(`the file's optimizer must be one of ${known}. Received: ${state.name}`);
  }
  const isSet = (value: unknown) => value !== undefined && value !== null && value !== false;
  const setting = unsupported.find((name) => isSet(state.config[name]));
  if (setting !== undefined) {
    const value = JSON.stringify(state.config[setting]);
    throw new GraftError(
      `the file's optimizer has ${setting} = ${value}, which is not supported; --no-optimizer leaves it out`,
    );
  }
  const { nesterov, centered, ...settings } = state.config;
  const flags = { nesterov: nesterov === true, centered: centered === true };
  const optimizer = make(settings as Settings, flags);
  await restoreOptimizer(optimizer, state, model);
  return optimizer;
}
