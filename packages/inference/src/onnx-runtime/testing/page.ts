// The page of browser.test.ts: a model in a page, run by onnxruntime-web from files that the page's own server has.

import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { layers, model as layersModel, type LayersModel } from '@tensorflow/tfjs-layers';
import { compileForInference } from '../../compile-for-inference.js';
import type { OnnxRuntime } from '../onnx-runtime.js';

interface Outcome {
  readonly engine: string;
  /** The largest difference from the model's own prediction. */
  readonly difference: number;
  readonly leaked: number;
}

declare global {
  interface Window {
    predictWith(script: string, executionProvider: string): Promise<Outcome>;
  }
}

window.predictWith = async (script, executionProvider) => {
  const runtime = (await import(script)) as OnnxRuntime;
  const model = network();
  const images = tf.randomUniform([3, 20, 20, 3], 0, 1, 'float32', 1);
  const before = tf.memory().numTensors;
  const predictor = await compileForInference(model, {
    ...{ engine: 'onnxruntime', runtime, threads: 1 },
    wasmPaths: new URL('.', script).href,
    executionProviders: [executionProvider],
  });
  const expected = tf.tidy(() => model.predict(images) as tf.Tensor);
  // Two at once: without order, on WebGPU neither would end.
  const [predictions, others] = await Promise.all([
    predictor.predict(images),
    predictor.predict(images),
  ]);
  const apart = tf.tidy(() => tf.max(tf.abs(tf.sub(predictions, expected))));
  const [largest] = await apart.data();
  tf.dispose([apart, predictions, others, expected]);
  await predictor.dispose();
  return {
    engine: predictor.engine.name,
    difference: largest as number,
    leaked: tf.memory().numTensors - before,
  };
};

/** Small, with what mobile networks are made of. */
function network(): LayersModel {
  const input = layers.input({ shape: [20, 20, 3] });
  const settings = { padding: 'same', useBias: false } as const;
  const start = layers.conv2d({ filters: 8, kernelSize: 3, strides: 2, ...settings });
  const narrow = layers.reLU({ maxValue: 6 }).apply(normalize(start.apply(input)));
  const wide = layers.conv2d({ filters: 24, kernelSize: 1, ...settings }).apply(narrow);
  const depthwise = layers.depthwiseConv2d({ kernelSize: 3, ...settings });
  const inside = layers.reLU({ maxValue: 6 }).apply(normalize(depthwise.apply(normalize(wide))));
  const end = layers.conv2d({ filters: 8, kernelSize: 1, ...settings }).apply(inside);
  const sum = layers.add().apply([narrow, normalize(end)] as Outputs[]);
  const pooled = layers.globalAveragePooling2d({}).apply(sum as Outputs);
  const dense = layers.dense({ units: 5, activation: 'softmax' }).apply(pooled);
  return layersModel({ inputs: input, outputs: dense as Outputs });
}

type Outputs = ReturnType<typeof layers.input>;

/** With statistics that are not those of an untrained layer. */
function normalize(x: unknown): Outputs {
  const layer = layers.batchNormalization({
    gammaInitializer: 'randomUniform',
    movingMeanInitializer: 'randomUniform',
  });
  return layer.apply(x as Outputs) as Outputs;
}
