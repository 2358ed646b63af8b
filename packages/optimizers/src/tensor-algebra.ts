// The composed form of an update rule: each operation is an op of tfjs, so it runs on every backend.

import * as tf from '@tensorflow/tfjs-core';
import type { Algebra } from '@graftjs/core';

export const tensorAlgebra: Algebra<tf.Tensor> = {
  add: (a, b) => tf.add(a, b),
  sub: (a, b) => tf.sub(a, b),
  mul: (a, b) => tf.mul(a, b),
  div: (a, b) => tf.div(a, b),
  square: (a) => tf.square(a),
  sqrt: (a) => tf.sqrt(a),
};
