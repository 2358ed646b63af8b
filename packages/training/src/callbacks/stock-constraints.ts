// Makes constraints hold in model.fit of tfjs-layers, which ignores them.

import * as tf from '@tensorflow/tfjs-core';
import type { CustomCallbackArgs, LayersModel } from '@tensorflow/tfjs-layers';
import { modelWeights } from '@graftjs/core';

/**
 * A callback for tfjs-layers' own `model.fit` and `fitDataset`, which ignore `kernelConstraint` and its like
 * (tensorflow/tfjs #3345): applies every constraint of the layers that train after every update. `fit` of this package
 * does so by itself.
 *
 * @example
 * await model.fit(xs, ys, { epochs: 5, callbacks: stockConstraints(model) });
 */
export function stockConstraints(model: LayersModel): CustomCallbackArgs {
  const apply = (): void => {
    for (const { variable, apply: constrain } of modelWeights(model).constraints)
      tf.tidy(() => variable.assign(constrain(variable)));
  };
  return { onBatchEnd: apply };
}
