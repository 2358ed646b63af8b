// Makes a pass over many batches, compiled where the backend can and where it pays.

import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { forwardCompiler, modelWeights, type ForwardPass } from '@graftjs/core';

/** The graph of a large network takes about as long to build, and to run for the first time, as half of these. */
const fewest = 64;

/** @param batches that it is going to run over, all in all */
export function makePass(model: LayersModel, batches: number): ForwardPass {
  const compiler = batches >= fewest ? forwardCompiler(tf.getBackend()) : undefined;
  if (!compiler) return { run: (_, compute) => compute(), dispose() {} };
  const { trainable, states } = modelWeights(model);
  return compiler([...trainable, ...states]);
}
