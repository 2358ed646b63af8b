// The page of browser.test.ts: a training step of a model of the zoo on a backend of the browser.

import '@tensorflow/tfjs-backend-webgl';
import * as tf from '@tensorflow/tfjs-core';
import { type KerasStep, takeStep } from './training-step.js';

declare global {
  interface Window {
    takeStep(backend: string, step: KerasStep): ReturnType<typeof takeStep>;
  }
}

window.takeStep = async (backend, step) => {
  if (!(await tf.setBackend(backend))) throw new Error(`backend ${backend} is not available`);
  return takeStep(step);
};
