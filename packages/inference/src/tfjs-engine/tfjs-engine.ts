// The engine that runs a graph on the backends of tfjs, for where there is no ONNX Runtime.

import * as tf from '@tensorflow/tfjs-core';
import { forwardCompiler, GraftError } from '@graftjs/core';
import type { Engine } from '../engine.js';
import type { InferenceGraph } from '../graph/graph.js';
import { prepareOnCpu } from './cpu-convolution.js';
import type { PrepareKernel } from './kernel.js';
import { prepareProgram } from './program.js';
import { WeightStore } from './weight-store.js';

/** Where the kernels of tfjs are not the fastest. */
const kernels: Readonly<Record<string, PrepareKernel>> = { cpu: prepareOnCpu };

/**
 * Runs the graph on the backend of tfjs that is active now. Where that can run a whole graph at once ('tensorflow' after
 * `registerNodeBackend`), it does so from the third batch of a shape on, for graphs with one output.
 *
 * @throws GraftError from `run`, where another backend is active then
 */
export async function tfjsEngine(graph: InferenceGraph): Promise<Engine> {
  await tf.ready();
  const backend = tf.getBackend();
  const weights = new WeightStore(graph.constants);
  const program = await prepareProgram(graph, weights, kernels[backend]);
  const compiler = graph.outputs.length === 1 ? forwardCompiler(backend) : undefined;
  const pass = compiler?.(weights.variables);
  return {
    async run(inputs) {
      if (tf.getBackend() !== backend) {
        throw new GraftError(
          `the backend must be '${backend}', for which the model was compiled. Received: '${tf.getBackend()}'`,
        );
      }
      if (!pass) return program(inputs);
      return [pass.run(inputs, () => program(inputs)[0] as tf.Tensor)];
    },
    dispose() {
      pass?.dispose();
      weights.dispose();
    },
  };
}
