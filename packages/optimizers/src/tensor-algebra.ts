// The composed form of an update rule: each operation is an op of tfjs, so it runs on every backend.

import * as tf from '@tensorflow/tfjs-core';
import type { TensorAlgebra } from '@graftjs/core';

export const tensorAlgebra: TensorAlgebra<tf.Tensor> = {
  add: (a, b) => tf.add(a, b),
  sub: (a, b) => tf.sub(a, b),
  mul: (a, b) => tf.mul(a, b),
  div: (a, b) => tf.div(a, b),
  square: (a) => tf.square(a),
  sqrt: (a) => tf.sqrt(a),
  abs: (a) => tf.abs(a),
  // Not tf.sign: tfjs-backend-wasm has no kernel for it.
  sign: (a) => tf.sub(tf.cast(tf.greater(a, 0), 'float32'), tf.cast(tf.less(a, 0), 'float32')),
  maximum: (a, b) => tf.maximum(a, b),
  minimum: (a, b) => tf.minimum(a, b),
  pow: (base, exponent) => tf.pow(base, exponent),
  zerosLike: (a) => tf.zerosLike(a),
  constant: (value) => tf.scalar(value),
  sum: (a, axes) => (axes ? tf.sum(a, [...axes], true) : tf.sum(a)),
  reshape: (a, shape) => tf.reshape(a, [...shape]),
  matMul: (a, b, transposeA = false, transposeB = false) =>
    tf.matMul(a as tf.Tensor2D, b as tf.Tensor2D, transposeA, transposeB),
  ifPositive: (condition, a, b) => tf.where(tf.greater(condition, 0), a, b),
};
