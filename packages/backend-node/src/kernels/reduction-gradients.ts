// The gradients of sum and mean by spreading dy in the backend: tfjs multiplies it by ones as large as the input, which it
// makes on the host and uploads.

import * as tf from '@tensorflow/tfjs-core';

export const sumGradient: tf.GradConfig = {
  kernelName: tf.Sum,
  inputsToSave: ['x'],
  gradFunc: (dy, [x], attrs) => ({
    x: () => spread(dy as tf.Tensor, x as tf.Tensor, reducedAxes(x as tf.Tensor, attrs)),
  }),
};

export const meanGradient: tf.GradConfig = {
  kernelName: tf.Mean,
  inputsToSave: ['x'],
  gradFunc: (dy, saved, attrs) => {
    const [x] = saved as [tf.Tensor];
    const axes = reducedAxes(x, attrs);
    const count = axes.reduce((product, axis) => product * (x.shape[axis] as number), 1);
    return { x: () => spread(tf.div(dy as tf.Tensor, count), x, axes) };
  },
};

function reducedAxes(x: tf.Tensor, attrs: tf.NamedAttrMap): number[] {
  return tf.util.parseAxisParam(attrs.axis as number | number[], x.shape);
}

/** Repeats dy along the axes that were reduced. */
function spread(dy: tf.Tensor, x: tf.Tensor, axes: readonly number[]): tf.Tensor {
  const one = x.shape.map((size, axis) => (axes.includes(axis) ? 1 : size));
  const times = x.shape.map((size, axis) => (axes.includes(axis) ? size : 1));
  return tf.tile(tf.reshape(dy, one), times);
}
