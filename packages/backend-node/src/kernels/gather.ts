// Gathering by TensorFlow's GatherV2 alone: tfjs-node first reads all indices back to look whether they are in bounds, which
// TensorFlow does, too, and which a graph cannot do.

import * as tf from '@tensorflow/tfjs-core';
import { BACKEND_NAME, type NodeBackend } from '../node-backend.js';

export const gatherConfig: tf.KernelConfig = {
  kernelName: tf.GatherV2,
  backendName: BACKEND_NAME,
  kernelFunc({ inputs, backend, attrs }) {
    const node = backend as NodeBackend;
    const { binding } = node;
    const { x, indices } = inputs as Record<'x' | 'indices', tf.Tensor>;
    const { axis, batchDims } = attrs as unknown as tf.GatherV2Attrs;
    const type = (name: string, value: number) => ({ name, type: binding.TF_ATTR_TYPE, value });
    const along = tf.scalar(axis, 'int32');
    const attributes = [
      { name: 'batch_dims', type: binding.TF_ATTR_INT, value: batchDims },
      type('Tparams', node.getDTypeInteger(x.dtype)),
      type('Tindices', node.getDTypeInteger(indices.dtype)),
      type('Taxis', binding.TF_INT32),
    ];
    try {
      return node.executeSingleOutput('GatherV2', attributes, [x, indices, along]);
    } finally {
      along.dispose();
    }
  },
};
