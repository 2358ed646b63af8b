// The engine that runs a graph on the backends of tfjs, for where there is no ONNX Runtime.

import * as tf from '@tensorflow/tfjs-core';
import { forwardCompiler, GraftError, type ForwardPass } from '@graftjs/core';
import type { Engine } from '../engine.js';
import type { InferenceGraph } from '../graph/graph.js';
import { prepareOnCpu } from './cpu-convolution.js';
import { prepareRecurrentOnCpu } from './cpu-recurrent.js';
import type { PrepareKernel } from './kernel.js';
import { prepareProgram } from './program.js';
import { prepareOnWebgl } from './webgl/prepare-on-webgl.js';
import { prepareOnWebgpu } from './webgpu/prepare-on-webgpu.js';
import { WeightStore } from './weight-store.js';

/** Each has the weights once more; batches of further shapes run op by op. */
const SHAPES = 2;

/** Where the kernels of tfjs are not the fastest. */
const kernels: Readonly<Record<string, PrepareKernel>> = {
  cpu: (node, weights) => prepareOnCpu(node, weights) ?? prepareRecurrentOnCpu(node, weights),
  webgl: prepareOnWebgl,
  webgpu: prepareOnWebgpu,
};

/**
 * Runs the graph on the backend of tfjs that is active now. Where that can run a whole graph at once ('tensorflow' after
 * `registerNodeBackend`), it does so from the third batch of a shape on, for two shapes, and for
 * graphs with one output.
 *
 * @throws GraftError from `run`, where another backend is active then
 */
export async function tfjsEngine(graph: InferenceGraph): Promise<Engine> {
  await tf.ready();
  const backend = tf.getBackend();
  const weights = new WeightStore(graph.constants);
  const program = await prepareProgram(graph, weights, kernels[backend]);
  const compiler = graph.outputs.length === 1 ? forwardCompiler(backend) : undefined;
  // A pass compiles one shape: whole batches have one, and single examples or the last of many another.
  const passes = new Map<string, ForwardPass>();
  const passFor = (inputs: readonly tf.Tensor[]) => {
    const shape = JSON.stringify(inputs.map((input) => input.shape));
    const known = passes.get(shape);
    if (known || !compiler || passes.size === SHAPES) return known;
    passes.set(shape, compiler(weights.variables));
    return passes.get(shape);
  };
  return {
    async run(inputs) {
      if (tf.getBackend() !== backend) {
        throw new GraftError(
          `the backend must be '${backend}', for which the model was compiled. Received: '${tf.getBackend()}'`,
        );
      }
      const pass = passFor(inputs);
      if (!pass) return program(inputs);
      return [pass.run(inputs, () => program(inputs)[0] as tf.Tensor)];
    },
    dispose() {
      for (const pass of passes.values()) pass.dispose();
      weights.dispose();
    },
  };
}
