// Matrix multiplication by TensorFlow's MatMul where tfjs-node takes BatchMatMulV2, which is 2 to 6 times slower on small
// matrices.

import * as tf from '@tensorflow/tfjs-core';
import { BACKEND_NAME, type NodeBackend } from '../node-backend.js';

export const matMulConfig: tf.KernelConfig = {
  kernelName: tf.BatchMatMul,
  backendName: BACKEND_NAME,
  kernelFunc({ inputs, backend, attrs }) {
    const node = backend as NodeBackend;
    const { binding } = node;
    const { a, b } = inputs as Record<'a' | 'b', tf.Tensor>;
    const { transposeA, transposeB } = attrs as unknown as tf.BatchMatMulAttrs;
    const multiply = (op: string, flags: [string, string], operands: tf.Tensor[]): tf.Tensor => {
      const attributes = [
        { name: 'T', type: binding.TF_ATTR_TYPE, value: node.getDTypeInteger(a.dtype) },
        { name: flags[0], type: binding.TF_ATTR_BOOL, value: transposeA },
        { name: flags[1], type: binding.TF_ATTR_BOOL, value: transposeB },
      ];
      return node.executeSingleOutput(op, attributes, operands);
    };
    if (a.rank === 2 && b.rank === 2)
      return multiply('MatMul', ['transpose_a', 'transpose_b'], [a, b]);
    // The fused form, which layers use, makes a batch of one of every plain product.
    const single = [a, b].every(({ shape }) => shape.length === 3 && shape[0] === 1);
    if (!single) return multiply('BatchMatMulV2', ['adj_x', 'adj_y'], [a, b]);
    return tf.tidy(() => {
      const operands = [a, b].map((operand) => tf.reshape(operand, operand.shape.slice(1)));
      const product = multiply('MatMul', ['transpose_a', 'transpose_b'], operands);
      return tf.reshape(product, [1, ...product.shape]);
    });
  },
};
