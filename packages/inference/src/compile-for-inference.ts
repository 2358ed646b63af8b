// A model compiled for prediction: which engine runs it, and what its calls take and give.

import { GraftError, invalidArgument, isGraftError } from '@graftjs/core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { Engine } from './engine.js';
import type { InferenceGraph } from './graph/graph.js';
import { layersEngine } from './layers-engine.js';
import { lowerModel } from './lower/lower-model.js';
import { makePredictor } from './make-predictor.js';
import { loadRuntime } from './onnx-runtime/load-runtime.js';
import type { OnnxRuntime } from './onnx-runtime/onnx-runtime.js';
import { runtimeEngine } from './onnx-runtime/runtime-engine.js';
import { optimize } from './passes/optimize.js';
import type { EngineName, Predictor } from './predictor.js';
import { tfjsEngine } from './tfjs-engine/tfjs-engine.js';

export interface InferenceOptions {
  /**
   * What runs the model. `auto`, the default, takes ONNX Runtime where it is installed, else the backend of tfjs that is
   * active, and the model itself where it has a layer that the others lack; `predictor.engine.reason` says why. Another
   * choice throws where it cannot be had.
   */
  readonly engine?: EngineName | 'auto';
  /**
   * ONNX Runtime itself: `import * as ort from 'onnxruntime-web'`. In Node `onnxruntime-node` is found where it is
   * installed.
   */
  readonly runtime?: OnnxRuntime;
  /** How many threads ONNX Runtime computes with. Its default is one for each core of the processor. */
  readonly threads?: number;
  /**
   * Where `onnxruntime-web` finds its WebAssembly: the URL of a folder with its `.wasm` and `.mjs` files, with a slash at
   * the end. By default they are beside its script; nothing is ever asked of another host.
   */
  readonly wasmPaths?: string;
  /** What computes within ONNX Runtime, the first that there is: `['webgpu', 'wasm']`. Its default is `cpu`, or `wasm`. */
  readonly executionProviders?: readonly string[];
  /** Told what predicts, and why, where somebody else holds the predictor. */
  readonly onEngine?: (engine: Predictor['engine']) => void;
}

const engineNames = ['auto', 'onnxruntime', 'tfjs', 'layers'] as const;

/**
 * Makes a model into a predictor: dropout is left out, normalization and preprocessing become part of the weights, and
 * ONNX Runtime computes, where it is installed, else tfjs with fused kernels. The outputs are the model's, to rounding. The
 * weights are read once: train or load first. `dispose` frees what the predictor holds.
 *
 * @throws GraftError for a wrong option, and where an engine is asked for that is not installed or lacks a layer
 * @example
 * const predictor = await compileForInference(model);
 * const probabilities = await predictor.predict(images); // [n, classes]
 * await predictor.dispose();
 */
export async function compileForInference(
  model: LayersModel,
  options: InferenceOptions = {},
): Promise<Predictor> {
  const { engine = 'auto', threads } = options;
  if (!(engineNames as readonly string[]).includes(engine)) {
    throw invalidArgument('engine', `one of ${engineNames.join(', ')}`, engine);
  }
  if (threads !== undefined && !(Number.isSafeInteger(threads) && threads > 0)) {
    throw invalidArgument('threads', 'a positive integer', threads);
  }
  checkWasmPaths(options);
  const { name, reason, run } = await engineFor(model, engine, options);
  const described = { name, ...(reason === undefined ? {} : { reason }) };
  options.onEngine?.(described);
  return makePredictor(model, described, run);
}

function checkWasmPaths({ wasmPaths, runtime }: InferenceOptions): void {
  if (wasmPaths === undefined) return;
  if (!wasmPaths.endsWith('/')) {
    throw invalidArgument('wasmPaths', 'the URL of a folder, with a slash at its end', wasmPaths);
  }
  if (!runtime)
    throw invalidArgument('runtime', 'onnxruntime-web where there are wasmPaths', runtime);
}

interface Chosen {
  readonly name: EngineName;
  readonly reason?: string;
  readonly run: Engine;
}

async function engineFor(
  model: LayersModel,
  engine: EngineName | 'auto',
  options: InferenceOptions,
): Promise<Chosen> {
  if (engine === 'layers') return { name: 'layers', run: layersEngine(model) };
  try {
    return await engineForGraph(optimize(lowerModel(model)), engine, options);
  } catch (error) {
    if (engine !== 'auto' || !isGraftError(error)) throw error;
    return { name: 'layers', reason: error.message, run: layersEngine(model) };
  }
}

async function engineForGraph(
  graph: InferenceGraph,
  engine: 'onnxruntime' | 'tfjs' | 'auto',
  { runtime, ...settings }: InferenceOptions,
): Promise<Chosen> {
  if (engine === 'tfjs') return { name: 'tfjs', run: await tfjsEngine(graph) };
  try {
    const found = runtime ?? (await loadRuntime());
    if (typeof found === 'string') throw new GraftError(found);
    return { name: 'onnxruntime', run: await runtimeEngine(found, graph, settings) };
  } catch (error) {
    if (engine !== 'auto' || !isGraftError(error)) throw error;
    return { name: 'tfjs', reason: error.message, run: await tfjsEngine(graph) };
  }
}
