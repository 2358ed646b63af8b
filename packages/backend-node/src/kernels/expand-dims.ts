// ExpandDims with its dtype stated: tfjs-node leaves it for TensorFlow to infer, which a graph does not do.

import * as tf from '@tensorflow/tfjs-core';
import { BACKEND_NAME, type NodeBackend } from '../node-backend.js';

export const expandDimsConfig: tf.KernelConfig = {
  kernelName: tf.ExpandDims,
  backendName: BACKEND_NAME,
  kernelFunc({ inputs, backend, attrs }) {
    const node = backend as NodeBackend;
    const { input } = inputs as Record<'input', tf.Tensor>;
    const { dim } = attrs as unknown as tf.ExpandDimsAttrs;
    const axis = tf.scalar(dim, 'int32');
    const type = (name: string, value: number) => ({
      name,
      type: node.binding.TF_ATTR_TYPE,
      value,
    });
    const attributes = [
      type('T', node.getDTypeInteger(input.dtype)),
      type('Tdim', node.binding.TF_INT32),
    ];
    const result = node.executeSingleOutput('ExpandDims', attributes, [input, axis]);
    axis.dispose();
    return result;
  },
};
