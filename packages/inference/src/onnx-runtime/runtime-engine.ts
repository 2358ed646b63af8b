// Runs a graph by ONNX Runtime. Arrays are handed over as they are, in and out.

import * as tf from '@tensorflow/tfjs-core';
import { GraftError } from '@graftjs/core';
import type { Engine } from '../engine.js';
import type { InferenceGraph } from '../graph/graph.js';
import { encodeOnnx } from '../onnx/encode.js';
import { flattenPixels } from '../onnx/flatten-pixels.js';
import type { OnnxRuntime, Session, SessionOptions } from './onnx-runtime.js';
import { runAlone } from './run-alone.js';

export interface RuntimeSettings {
  /** How many threads compute; all of the processor's by default. */
  readonly threads?: number;
  /** Where onnxruntime-web finds its files: the folder's URL, with a slash at its end. */
  readonly wasmPaths?: string;
  /** What computes, the first that there is: `['webgpu', 'wasm']`. */
  readonly executionProviders?: readonly string[];
}

export async function runtimeEngine(
  runtime: OnnxRuntime,
  graph: InferenceGraph,
  settings: RuntimeSettings,
): Promise<Engine> {
  const fitted = isOnProcessor(settings) ? flattenPixels(graph) : graph;
  const session = await createSession(runtime, await encodeOnnx(fitted, 'model'), settings);
  const { outputNames } = session;
  return {
    run: async (inputs) => {
      const feeds = await Promise.all(
        graph.inputs.map(async ({ name, dtype }, i) => {
          const input = inputs[i] as tf.Tensor;
          const values = await valuesOf(input, dtype);
          return [name, new runtime.Tensor(dtype, values, input.shape)] as const;
        }),
      );
      const run = () => session.run(Object.fromEntries(feeds));
      const results = await runAlone(runtime, run).catch(refuse('does not predict'));
      return outputNames.map((name) => {
        const { data, dims } = results[name] as { data: Float32Array; dims: readonly number[] };
        return tf.tensor(data, [...dims], 'float32');
      });
    },
    dispose: () => runAlone(runtime, () => session.release()),
  };
}

/** Whether the processor computes: others transpose by themselves, to what they are fastest with. */
function isOnProcessor({ executionProviders = [] }: RuntimeSettings): boolean {
  return executionProviders.every((name) => name === 'cpu' || name === 'wasm');
}

async function createSession(
  runtime: OnnxRuntime,
  model: Uint8Array,
  { threads, wasmPaths, executionProviders }: RuntimeSettings,
): Promise<Session> {
  const { wasm } = runtime.env;
  if (wasmPaths !== undefined) wasm.wasmPaths = wasmPaths;
  if (threads !== undefined) wasm.numThreads = threads;
  const sessionOptions: SessionOptions = {
    graphOptimizationLevel: 'all',
    // Errors are thrown; its warnings are about its own rewritings.
    logSeverityLevel: 4,
    ...(threads === undefined ? {} : { intraOpNumThreads: threads }),
    ...(executionProviders === undefined ? {} : { executionProviders }),
    // Threads that wait for work would keep the processor from the rest of the process, from TensorFlow's threads above all.
    extra: { session: { intra_op: { allow_spinning: '0' } } },
  };
  const create = () => runtime.InferenceSession.create(model, sessionOptions);
  return runAlone(runtime, create).catch(refuse('does not run the model'));
}

function refuse(what: string): (error: unknown) => never {
  return (error) => {
    const [line] = (error instanceof Error ? error.message : String(error)).split('\n', 1);
    throw new GraftError(`ONNX Runtime ${what}: ${line}`);
  };
}

/** A tensor's values in the type that the graph takes; they are not copied where they have it. */
async function valuesOf(input: tf.Tensor, dtype: 'float32' | 'int32') {
  const values = await input.data();
  const ArrayType = dtype === 'float32' ? Float32Array : Int32Array;
  return values instanceof ArrayType ? values : ArrayType.from(values);
}
