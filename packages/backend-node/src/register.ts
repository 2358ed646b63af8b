// Makes the 'tensorflow' backend as fast as it can be: an explicit call, since importing changes nothing.

import * as tf from '@tensorflow/tfjs-core';
import { registerForwardCompiler, registerStepCompiler } from '@graftjs/core';
import { compilePass } from './graph/graph-pass.js';
import { compileStep } from './graph/graph-step.js';
import {
  batchNormTrainingConfig,
  batchNormTrainingGradConfig,
} from './kernels/batch-norm-training.js';
import { expandDimsConfig } from './kernels/expand-dims.js';
import { gatherConfig } from './kernels/gather.js';
import { keyedUniformConfig } from './kernels/keyed-uniform.js';
import { matMulConfig } from './kernels/mat-mul.js';
import { meanGradient, sumGradient } from './kernels/reduction-gradients.js';
import { reluGradConfigs, reluGradients } from './kernels/relu-gradients.js';
import { transformConfig } from './kernels/transform.js';
import { updateConfig } from './kernels/update.js';
import { BACKEND_NAME, nodeBackend } from './node-backend.js';

/** The kernels that {@link registerNodeBackend} puts in place of, or beside, those of tfjs-node. */
export const kernels: readonly tf.KernelConfig[] = [
  batchNormTrainingConfig,
  batchNormTrainingGradConfig,
  expandDimsConfig,
  gatherConfig,
  keyedUniformConfig,
  matMulConfig,
  ...reluGradConfigs,
  transformConfig,
  updateConfig,
];

/** tfjs has one gradient for all backends: these do as well on the others. */
const gradients: readonly tf.GradConfig[] = [meanGradient, ...reluGradients, sumGradient];

/**
 * Registers Graft's kernels and its compilers of steps and passes on the 'tensorflow' backend. Calling it again changes nothing more.
 *
 * @throws GraftError where neither tfjs-node nor tfjs-node-gpu was imported before
 * @example
 * import '@tensorflow/tfjs-node-gpu';
 * import { registerNodeBackend } from '@graftjs/backend-node';
 * registerNodeBackend();
 */
export function registerNodeBackend(): void {
  nodeBackend();
  for (const config of kernels) {
    // tfjs warns when a kernel is registered over another.
    if (tf.getKernel(config.kernelName, BACKEND_NAME)) {
      tf.unregisterKernel(config.kernelName, BACKEND_NAME);
    }
    tf.registerKernel(config);
  }
  for (const gradient of gradients) tf.registerGradient(gradient);
  registerStepCompiler(BACKEND_NAME, compileStep);
  registerForwardCompiler(BACKEND_NAME, compilePass);
}
