// The page of browser.test.ts: the conformance suite on a backend of the browser.

import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-webgl';
import '@tensorflow/tfjs-backend-webgpu';
import * as tf from '@tensorflow/tfjs-core';
import { UPDATE_KERNEL } from '@graftjs/core';
import { registerUpdateKernel as registerOnCpu } from '../cpu.js';
import { registerUpdateKernel as registerOnWebgl } from '../webgl.js';
import { registerUpdateKernel as registerOnWebgpu } from '../webgpu.js';
import { SGD } from '../../index.js';
import { runRule, type Difference } from './conformance.js';

declare global {
  interface Window {
    /** What the page's content security policy has blocked. */
    violations: string[];
    runRule(
      backend: string,
      rule: string,
      settings?: Record<string, boolean>,
    ): Promise<Difference[]>;
    productAfterUpdate(backend: string): Promise<number[]>;
  }
}

registerOnCpu();
registerOnWebgl();
registerOnWebgpu();

window.violations = [];
document.addEventListener('securitypolicyviolation', ({ blockedURI }) =>
  window.violations.push(blockedURI),
);

window.runRule = async (backend, rule, settings = {}) => {
  for (const [name, value] of Object.entries(settings)) tf.env().set(name, value);
  if (!(await tf.setBackend(backend))) throw new Error(`backend ${backend} is not available`);
  if (!tf.getKernel(UPDATE_KERNEL, backend)) throw new Error('the kernel is not registered');
  return runRule(rule);
};

/** Of a matrix of odd sizes with itself, when an update has made it all 3: beyond its edges a backend must have nothing. */
window.productAfterUpdate = async (backend) => {
  await tf.setBackend(backend);
  const matrix = tf.variable(tf.fill([3, 3], 4)) as tf.Variable<tf.Rank.R2>;
  const optimizer = new SGD({ learningRate: 0.5 });
  optimizer.applyGradients({ [matrix.name]: tf.tile(tf.fill([3, 3], 2), [1, 1]) });
  return Array.from(await tf.matMul(matrix, matrix, true).data());
};
