// A loaded model that is asked about photos: what `graft predict` does, in a page.

import * as tf from '@tensorflow/tfjs-core';
import { decodeImage, imgToArray } from '@graftjs/image-data';
import { compileForInference, mostLikely, type Predictor } from '@graftjs/inference';
import { preprocessInput } from '@graftjs/model-zoo';
import type { Answer, LoadRequest, ModelFacts, Progress } from '../protocol.js';
import { startBackend } from './backends.js';
import { classNames } from './class-names.js';
import { runtimeFor } from './onnx-runtime.js';
import { classCount, photoSize, readModel } from './read-model.js';

const top = 5;

export interface PhotoPredictor {
  readonly facts: ModelFacts;
  predict(photo: File): Promise<Answer>;
}

/** @throws GraftError where any of it cannot be had; one worker loads once */
export async function loadPredictor(
  request: LoadRequest,
  onProgress: (progress: Progress) => void,
): Promise<PhotoPredictor> {
  const started = performance.now();
  const { backend, engine } = request;
  await startBackend(backend);
  const { model, name, preprocess } = await readModel(request, onProgress);
  const size = photoSize(model, request.size);
  const classes = classCount(model);
  const { names, from } = await classNames(request.labels, classes);
  onProgress({ text: 'Preparing it to predict' });
  const needsRuntime = engine === 'auto' || engine === 'onnxruntime';
  const predictor = await compileForInference(model, {
    engine,
    ...(needsRuntime && (await runtimeFor(backend))),
  });
  return {
    facts: {
      ...{ name, backend, engine: predictor.engine, size, preprocess, classes, labels: from },
      seconds: secondsSince(started),
    },
    async predict(photo) {
      const image = await decodeImage(photo, { size, interpolation: 'bilinear' });
      const begin = performance.now();
      const { data, shape } = imgToArray(image);
      const input = tf.tidy(() => {
        const batch = tf.tensor(data, [1, ...shape]);
        return preprocess === 'none' ? batch : preprocessInput(batch, preprocess);
      });
      const outputs = await outputsOf(predictor, input);
      const seconds = secondsSince(begin);
      return { guesses: mostLikely(outputs, top, names), seconds };
    },
  };
}

/** Frees the input, too. */
async function outputsOf(predictor: Predictor, input: tf.Tensor): Promise<ArrayLike<number>> {
  try {
    const output = await predictor.predict(input);
    const values = await output.data();
    output.dispose();
    return values;
  } finally {
    input.dispose();
  }
}

function secondsSince(begin: number): number {
  return (performance.now() - begin) / 1000;
}
