// Uniform random numbers by a key, by TensorFlow's StatelessRandomUniform. What asks for them is in @graftjs/core's
// backend-dropout.ts.

import * as tf from '@tensorflow/tfjs-core';
import { KEYED_UNIFORM } from '@graftjs/core';
import { BACKEND_NAME, type NodeBackend } from '../node-backend.js';

export const keyedUniformConfig: tf.KernelConfig = {
  kernelName: KEYED_UNIFORM,
  backendName: BACKEND_NAME,
  kernelFunc({ inputs, backend, attrs }) {
    const node = backend as NodeBackend;
    const { binding } = node;
    const { key } = inputs as Record<'key', tf.Tensor>;
    const shape = tf.tensor1d(attrs?.shape as number[], 'int32');
    const type = (name: string, value: number) => ({ name, type: binding.TF_ATTR_TYPE, value });
    const attributes = [
      type('dtype', binding.TF_FLOAT),
      type('T', binding.TF_INT32),
      type('Tseed', binding.TF_INT32),
    ];
    const numbers = node.executeSingleOutput('StatelessRandomUniform', attributes, [shape, key]);
    shape.dispose();
    return numbers;
  },
};
