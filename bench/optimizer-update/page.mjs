// The backends of the browser.

import '@tensorflow/tfjs-backend-webgl';
import '@tensorflow/tfjs-backend-webgpu';
import * as tf from '@tensorflow/tfjs-core';
import { registerUpdateKernel as registerOnWebgl } from '@graftjs/optimizers/webgl';
import { registerUpdateKernel as registerOnWebgpu } from '@graftjs/optimizers/webgpu';
import { measure, names } from './measure.mjs';

registerOnWebgl();
registerOnWebgpu();
window.measure = async (backend, shapes, rounds) => {
  if (!(await tf.setBackend(backend))) throw new Error(`backend ${backend} is not available`);
  const results = {};
  for (const name of names) results[name] = await measure(name, shapes, rounds);
  return results;
};
