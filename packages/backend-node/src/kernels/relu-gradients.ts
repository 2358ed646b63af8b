// The gradient of relu6 by TensorFlow's Relu6Grad: one op, where tfjs takes several.

import * as tf from '@tensorflow/tfjs-core';
import { BACKEND_NAME, type NodeBackend } from '../node-backend.js';

const KERNEL_NAME = 'Relu6Grad';

export const relu6GradConfig: tf.KernelConfig = {
  kernelName: KERNEL_NAME,
  backendName: BACKEND_NAME,
  kernelFunc({ inputs, backend }) {
    const node = backend as NodeBackend;
    const { dy, x } = inputs as Record<'dy' | 'x', tf.Tensor>;
    const type = { name: 'T', type: node.binding.TF_ATTR_TYPE, value: node.binding.TF_FLOAT };
    return node.executeSingleOutput(KERNEL_NAME, [type], [dy, x]);
  },
};

/** tfjs has one gradient for all backends: this takes the kernel where there is one, and composes elsewhere. */
export const relu6Gradient: tf.GradConfig = {
  kernelName: tf.Relu6,
  inputsToSave: ['x'],
  gradFunc: (dy, saved) => {
    const [x] = saved as [tf.Tensor];
    const gradient = dy as tf.Tensor;
    if (tf.getKernel(KERNEL_NAME, tf.getBackend())) {
      return { x: () => tf.engine().runKernel(KERNEL_NAME, { dy: gradient, x }) };
    }
    const passes = tf.mul(tf.lessEqual(x, 6), tf.step(x));
    return { x: () => tf.mul(gradient, tf.cast(passes, 'float32')) };
  },
};
