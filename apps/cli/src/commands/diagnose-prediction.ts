// What graft doctor says of predictions: which ONNX Runtime there is, and what would compute them.

import * as tf from '@tensorflow/tfjs-core';
import { layers, sequential } from '@tensorflow/tfjs-layers';
import { compileForInference, runtimeStatus, type Predictor } from '@graftjs/inference';
import { engineLine } from '../engine.js';

export interface PredictionDiagnosis {
  readonly onnxRuntime: Awaited<ReturnType<typeof runtimeStatus>>;
  /** What `--engine auto` takes for a model that all can compute; null where no backend loads. */
  readonly engine: Predictor['engine'] | null;
}

export async function diagnosePrediction(hasBackend: boolean): Promise<PredictionDiagnosis> {
  return {
    onnxRuntime: await runtimeStatus(),
    engine: hasBackend ? await chosenEngine() : null,
  };
}

/** By a model of one weight, which is compiled and predicts. */
async function chosenEngine(): Promise<Predictor['engine']> {
  const model = sequential({ layers: [layers.dense({ units: 1, inputShape: [1] })] });
  const predictor = await compileForInference(model);
  const x = tf.ones([1, 1]);
  tf.dispose([x, await predictor.predict(x)]);
  await predictor.dispose();
  model.dispose();
  return predictor.engine;
}

export function predictionLines({ onnxRuntime, engine }: PredictionDiagnosis): [string, string][] {
  const found =
    'missing' in onnxRuntime
      ? `${onnxRuntime.missing}; run: npm install --ignore-scripts onnxruntime-node`
      : `${onnxRuntime.version}, computes on ${onnxRuntime.executionProviders.join(', ')}`;
  return [
    ['ONNX Runtime', found],
    ['Predictions', engine ? engineLine(engine) : 'none without a backend'],
  ];
}
