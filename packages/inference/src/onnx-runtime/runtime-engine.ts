// Runs a graph by ONNX Runtime. Arrays are handed over as they are, in and out.

import * as tf from '@tensorflow/tfjs-core';
import type { Engine } from '../engine.js';
import type { InferenceGraph } from '../graph/graph.js';
import { encodeOnnx } from '../onnx/encode.js';
import type { OnnxRuntime } from './onnx-runtime.js';

export interface RuntimeSettings {
  /** How many threads compute; all of the processor's by default. */
  readonly threads?: number;
}

export async function runtimeEngine(
  runtime: OnnxRuntime,
  graph: InferenceGraph,
  { threads }: RuntimeSettings,
): Promise<Engine> {
  const session = await runtime.InferenceSession.create(await encodeOnnx(graph, 'model'), {
    graphOptimizationLevel: 'all',
    ...(threads === undefined ? {} : { intraOpNumThreads: threads }),
    // Threads that wait for work would keep the processor from the rest of the process, from TensorFlow's threads above all.
    extra: { session: { intra_op: { allow_spinning: '0' } } },
  });
  return {
    run: async (inputs) => {
      const feeds = await Promise.all(
        graph.inputs.map(async ({ name, dtype }, i) => {
          const input = inputs[i] as tf.Tensor;
          const data = (await valuesOf(input, dtype)) as Float32Array;
          return [name, new runtime.Tensor(dtype, data, input.shape)] as const;
        }),
      );
      const results = await session.run(Object.fromEntries(feeds));
      return session.outputNames.map((name) => {
        const { data, dims } = results[name] as { data: Float32Array; dims: readonly number[] };
        return tf.tensor(data, [...dims], 'float32');
      });
    },
    dispose: () => session.release(),
  };
}

/** A tensor's values in the type that the graph takes; they are not copied where it has that. */
async function valuesOf(input: tf.Tensor, dtype: 'float32' | 'int32') {
  if (input.dtype === dtype) return input.data();
  const cast = tf.cast(input, dtype);
  const values = await cast.data();
  cast.dispose();
  return values;
}
