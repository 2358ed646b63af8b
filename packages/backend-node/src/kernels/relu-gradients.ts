// The gradients of relu, relu6 and selu by TensorFlow's ops for them: one pass, where tfjs takes several. They need what came
// out, not what went in: a graph then writes the one over the other.

import * as tf from '@tensorflow/tfjs-core';
import { BACKEND_NAME, type NodeBackend } from '../node-backend.js';

const { SELU_SCALE, SELU_SCALEALPHA } = tf.backend_util;

/** The gradients composed of tfjs's ops, for other backends: tfjs has one gradient for all. */
const composed: Record<string, (dy: tf.Tensor, y: tf.Tensor) => tf.Tensor> = {
  [tf.Relu]: (dy, y) => tf.mul(dy, tf.step(y)),
  [tf.Relu6]: (dy, y) => tf.mul(dy, tf.mul(tf.step(y), tf.step(tf.sub(6, y)))),
  [tf.Selu]: (dy, y) =>
    tf.where(tf.less(y, 0), tf.mul(dy, tf.add(y, SELU_SCALEALPHA)), tf.mul(dy, SELU_SCALE)),
};

const gradientOf = (kernelName: string): string => `${kernelName}Grad`;

export const reluGradConfigs: readonly tf.KernelConfig[] = Object.keys(composed).map((name) => ({
  kernelName: gradientOf(name),
  backendName: BACKEND_NAME,
  kernelFunc({ inputs, backend }) {
    const node = backend as NodeBackend;
    const { dy, y } = inputs as Record<'dy' | 'y', tf.Tensor>;
    const type = { name: 'T', type: node.binding.TF_ATTR_TYPE, value: node.binding.TF_FLOAT };
    return node.executeSingleOutput(gradientOf(name), [type], [dy, y]);
  },
}));

export const reluGradients: readonly tf.GradConfig[] = Object.entries(composed).map(
  ([name, compose]) => ({
    kernelName: name,
    outputsToSave: [true],
    gradFunc: (given, saved) => {
      const [dy, y] = [given, ...saved] as [tf.Tensor, tf.Tensor];
      const native = tf.getKernel(gradientOf(name), tf.getBackend()) !== undefined;
      const run = () => tf.engine().runKernel<tf.Tensor>(gradientOf(name), { dy, y });
      return { x: native ? run : () => compose(dy, y) };
    },
  }),
);
