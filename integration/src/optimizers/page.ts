// The page of browser.test.ts: runs a case on a backend of the browser.

import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-webgl';
import '@tensorflow/tfjs-layers';
import * as tf from '@tensorflow/tfjs-core';
import { makeOptimizer, runCase, type Case, type Fixture, type Run } from './problem.js';

declare global {
  interface Window {
    runOptimizer(backend: string, fixture: Fixture, c: Case): Promise<Run>;
  }
}

window.runOptimizer = async (backend, fixture, c) => {
  if (!(await tf.setBackend(backend))) throw new Error(`backend ${backend} is not available`);
  return runCase(fixture, c, makeOptimizer(c), { runEagerly: true });
};
