// Batch normalization by the batch's statistics, and its gradient, by TensorFlow's FusedBatchNormV3. The layer is in
// @graftjs/layers, whose batch-norm-training.ts says what the kernels take and give.

import * as tf from '@tensorflow/tfjs-core';
import { type Attribute, BACKEND_NAME, type NodeBackend } from '../node-backend.js';

export const batchNormTrainingConfig: tf.KernelConfig = {
  kernelName: 'BatchNormTraining',
  backendName: BACKEND_NAME,
  kernelFunc({ inputs, backend, attrs }) {
    const node = backend as NodeBackend;
    const { x, gamma, beta } = inputs as Record<'x' | 'gamma' | 'beta', tf.Tensor>;
    // In training it takes no moving statistics; it averages nothing, with the factor 1.
    const nothing = tf.tensor1d([]);
    const attributes: Attribute[] = [
      ...shared(node, attrs),
      { name: 'exponential_avg_factor', type: node.binding.TF_ATTR_FLOAT, value: 1 },
    ];
    const operands = [x, gamma, beta, nothing, nothing];
    const outputs = node.executeMultipleOutputs('FusedBatchNormV3', attributes, operands, 6);
    const [y, mean, unbiased, ...reserved] = outputs as [tf.Tensor, tf.Tensor, tf.Tensor];
    const count = x.size / gamma.size;
    // Of one value TensorFlow makes what the device makes of 0/0.
    const variance = count === 1 ? tf.zerosLike(unbiased) : tf.mul(unbiased, (count - 1) / count);
    tf.dispose([nothing, unbiased]);
    return [y, mean, variance, ...reserved];
  },
};

export const batchNormTrainingGradConfig: tf.KernelConfig = {
  kernelName: 'BatchNormTrainingGrad',
  backendName: BACKEND_NAME,
  kernelFunc({ inputs, backend, attrs }) {
    const node = backend as NodeBackend;
    const { dy, x, gamma, reserved0, reserved1, reserved2 } = inputs as Record<string, tf.Tensor>;
    const operands = [dy, x, gamma, reserved0, reserved1, reserved2] as tf.Tensor[];
    const attributes = shared(node, attrs);
    const outputs = node.executeMultipleOutputs('FusedBatchNormGradV3', attributes, operands, 5);
    const [byX, byGamma, byBeta, ...unused] = outputs as [tf.Tensor, tf.Tensor, tf.Tensor];
    tf.dispose(unused);
    return [byX, byGamma, byBeta];
  },
};

function shared({ binding }: NodeBackend, attrs: tf.NamedAttrMap | undefined): Attribute[] {
  return [
    { name: 'T', type: binding.TF_ATTR_TYPE, value: binding.TF_FLOAT },
    { name: 'U', type: binding.TF_ATTR_TYPE, value: binding.TF_FLOAT },
    { name: 'epsilon', type: binding.TF_ATTR_FLOAT, value: attrs?.epsilon as number },
    { name: 'data_format', type: binding.TF_ATTR_STRING, value: 'NHWC' },
    { name: 'is_training', type: binding.TF_ATTR_BOOL, value: true },
  ];
}
