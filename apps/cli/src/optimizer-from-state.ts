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

/** @throws GraftError for an optimizer that Graft does not have */
export async function optimizerFromState(
  state: OptimizerState,
  model: LayersModel,
): Promise<RuleOptimizer> {
  const make = Object.hasOwn(makers, state.name) ? makers[state.name] : undefined;
  if (!make) {
    const known = Object.keys(makers).join(', ');
    throw new GraftError(`the file's optimizer must be one of ${known}. Received: ${state.name}`);
  }
  const { nesterov, centered, ...settings } = state.config;
  const flags = { nesterov: nesterov === true, centered: centered === true };
  const optimizer = make(settings as Settings, flags);
  await restoreOptimizer(optimizer, state, model);
  return optimizer;
}
