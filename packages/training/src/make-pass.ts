// Makes a pass over many batches, compiled where the backend can and where it pays.

import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { forwardCompiler, modelWeights, type ForwardPass } from '@graftjs/core';

/** Fewer batches than these are done before a graph is built and has run for the first time. */
const fewest = 32;

export function makePass(model: LayersModel, batches: number): ForwardPass {
  const compiler = batches >= fewest ? forwardCompiler(tf.getBackend()) : undefined;
  if (!compiler) return { run: (_, compute) => compute(), dispose() {} };
  const { trainable, states } = modelWeights(model);
  return compiler([...trainable, ...states]);
}
