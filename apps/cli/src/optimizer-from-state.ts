// The optimizer of @graftjs/optimizers for the state that a Keras file holds.

import type { LayersModel } from '@tensorflow/tfjs-layers';
import { GraftError } from '@graftjs/core';
import { optimizerOptions, restoreOptimizer, type OptimizerState } from '@graftjs/keras-format';
import {
  Adadelta,
  Adafactor,
  Adagrad,
  Adam,
  Adamax,
  AdamW,
  Ftrl,
  Lamb,
  Lion,
  Muon,
  Nadam,
  RMSprop,
  type RuleOptimizer,
  ScheduleFreeAdamW,
  SGD,
} from '@graftjs/optimizers';

/** By Keras's name. */
const classes: Readonly<Record<string, new (options: object) => RuleOptimizer>> = {
  ...{ Adadelta, Adafactor, Adagrad, Adam, Adamax, AdamW, Ftrl, Lamb, Lion, Muon, Nadam, RMSprop },
  ...{ ScheduleFreeAdamW, SGD },
};

/** @throws GraftError for an optimizer, or a setting of it, that Graft does not have */
export async function optimizerFromState(
  state: OptimizerState,
  model: LayersModel,
): Promise<RuleOptimizer> {
  const found = Object.hasOwn(classes, state.name) ? classes[state.name] : undefined;
  if (!found) {
    const known = Object.keys(classes).join(', ');
    throw new GraftError(`the file's optimizer must be one of ${known}. Received: ${state.name}`);
  }
  const optimizer = new found(optimizerOptions(state));
  await restoreOptimizer(optimizer, state, model);
  return optimizer;
}
