// The page of browser.test.ts: loads a Keras file from bytes and trains it on a backend of the browser.

import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-webgl';
import * as tf from '@tensorflow/tfjs-core';
import { modelFromH5 } from '@graftjs/keras-format';
import { trainCase, type Case, type Problem } from './problem.js';

declare global {
  interface Window {
    train(backend: string, file: number[], problem: Problem, c: Case): ReturnType<typeof trainCase>;
  }
}

window.train = async (backend, file, problem, c) => {
  if (!(await tf.setBackend(backend))) throw new Error(`backend ${backend} is not available`);
  const model = await modelFromH5(Uint8Array.from(file));
  return trainCase(model, problem, c, { runEagerly: false });
};
