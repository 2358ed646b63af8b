// The page of browser.test.ts: runs a case on a backend of the browser.

import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-webgl';
import '@tensorflow/tfjs-backend-webgpu';
import '@tensorflow/tfjs-layers';
import * as tf from '@tensorflow/tfjs-core';
import { memoryOver } from './memory.js';
import { makeOptimizer, runCase, type Case, type Fixture, type Run } from './problem.js';

declare global {
  interface Window {
    runOptimizer(backend: string, fixture: Fixture, c: Case): Promise<Run>;
    /** See `memoryOver`. */
    memoryOver(backend: string, fixture: Fixture, c: Case): Promise<string[]>;
  }
}

async function use(backend: string): Promise<void> {
  if (!(await tf.setBackend(backend))) throw new Error(`backend ${backend} is not available`);
}

window.runOptimizer = async (backend, fixture, c) => {
  await use(backend);
  return runCase(fixture, c, makeOptimizer(c), { runEagerly: true });
};

window.memoryOver = async (backend, fixture, c) => {
  await use(backend);
  return memoryOver(fixture, c, makeOptimizer(c), { runEagerly: true });
};
