// The optimizer of a run: the one that was given, else the one that the model was compiled with.

import type { Optimizer } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { GraftError } from '@graftjs/core';

/** @throws GraftError where there is neither */
export function givenOptimizer(model: LayersModel, given?: Optimizer): Optimizer {
  const optimizer = given ?? (model as { optimizer?: Optimizer }).optimizer;
  if (optimizer) return optimizer;
  throw new GraftError('optimizer must be given where the model was not compiled with one');
}
