import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it, vi } from 'vitest';
import { stepCompiler } from '@graftjs/core';
import { importTensorFlow } from '@graftjs/test-utils';
import { BACKEND_NAME } from './node-backend.js';
import { kernels, registerNodeBackend } from './register.js';

describe.runIf(await importTensorFlow())('registerNodeBackend', () => {
  it('registers once, without a warning', () => {
    expect(stepCompiler(BACKEND_NAME)).toBeUndefined();
    const warn = vi.spyOn(console, 'warn');
    registerNodeBackend();
    registerNodeBackend();
    expect(warn).not.toHaveBeenCalled();
    for (const config of kernels) {
      expect(tf.getKernel(config.kernelName, BACKEND_NAME)).toMatchObject({
        kernelFunc: config.kernelFunc,
      });
    }
    expect(stepCompiler(BACKEND_NAME)).toBeTypeOf('function');
  });
});
