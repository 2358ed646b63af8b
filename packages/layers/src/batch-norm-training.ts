// Batch normalization by the statistics of the batch: one op with an analytic gradient.

import * as tf from '@tensorflow/tfjs-core';

/**
 * The kernel that a backend may register for the forward pass, and the one for its gradient.
 *
 * - `BatchNormTraining`: inputs `x` [batch, height, width, channels], `gamma` and `beta` [channels]; attribute `epsilon`;
 *   outputs y, the batch's mean, its biased variance, and tensors that only the gradient of the same backend reads.
 * - `BatchNormTrainingGrad`: inputs `dy`, `x`, `gamma`, and those tensors as `reserved0`, `reserved1`…; attribute
 *   `epsilon`; outputs the gradients by x, gamma and beta.
 */
const FORWARD = 'BatchNormTraining';
const BACKWARD = 'BatchNormTrainingGrad';

export interface BatchNormTrainingInputs {
  /** [batch, height, width, channels] */
  readonly x: tf.Tensor4D;
  /** [channels] */
  readonly gamma: tf.Tensor1D;
  /** [channels] */
  readonly beta: tf.Tensor1D;
  readonly epsilon: number;
  /** Told the mean and the biased variance of each channel. They live until it returns. */
  readonly observe: (mean: tf.Tensor, variance: tf.Tensor) => void;
}

interface Normalized {
  readonly y: tf.Tensor;
  readonly mean: tf.Tensor;
  readonly variance: tf.Tensor;
  /** What the gradient needs besides x and gamma. */
  readonly reserved: tf.Tensor[];
}

/**
 * y = γ · (x − μ) / √(σ² + ε) + β, with mean μ and biased variance σ² of each channel over the batch. The gradient takes
 * account of μ and σ² as functions of x.
 */
export function batchNormTraining(inputs: BatchNormTrainingInputs): tf.Tensor4D {
  const { x, gamma, beta, epsilon, observe } = inputs;
  const backend = tf.getBackend();
  const isNative = [FORWARD, BACKWARD].every((name) => tf.getKernel(name, backend) !== undefined);
  const { forward, backward } = isNative ? native : composed;
  const normalize = tf.customGrad((...args) => {
    const [x, gamma, beta, save] = args as unknown as [
      ...[tf.Tensor, tf.Tensor, tf.Tensor],
      tf.GradSaveFunc,
    ];
    const { y, mean, variance, reserved } = forward(x, gamma, beta, epsilon);
    observe(mean, variance);
    save([x, gamma, ...reserved]);
    return {
      value: y,
      gradFunc: (dy: tf.Tensor, [x, gamma, ...reserved]: tf.Tensor[]) =>
        backward(dy, x as tf.Tensor, gamma as tf.Tensor, reserved, epsilon),
    };
  });
  return normalize(x, gamma, beta) as tf.Tensor4D;
}

interface Form {
  forward(x: tf.Tensor, gamma: tf.Tensor, beta: tf.Tensor, epsilon: number): Normalized;
  /** By x, gamma and beta. */
  backward(
    ...args: [tf.Tensor, tf.Tensor, tf.Tensor, readonly tf.Tensor[], epsilon: number]
  ): tf.Tensor[];
}

const native: Form = {
  forward(x, gamma, beta, epsilon) {
    const outputs: tf.Tensor[] = tf.engine().runKernel(FORWARD, { x, gamma, beta }, { epsilon });
    const [y, mean, variance, ...reserved] = outputs as [tf.Tensor, tf.Tensor, tf.Tensor];
    return { y, mean, variance, reserved };
  },
  backward(dy, x, gamma, reserved, epsilon) {
    const named = Object.fromEntries(reserved.map((tensor, i) => [`reserved${i}`, tensor]));
    return tf.engine().runKernel(BACKWARD, { dy, x, gamma, ...named }, { epsilon });
  },
};

const composed: Form = {
  forward(x, gamma, beta, epsilon) {
    const { mean, variance } = tf.moments(x, [0, 1, 2]);
    const y = tf.batchNorm(
      x as tf.Tensor4D,
      mean as tf.Tensor1D,
      variance as tf.Tensor1D,
      beta as tf.Tensor1D,
      gamma as tf.Tensor1D,
      epsilon,
    );
    return { y, mean, variance, reserved: [mean, variance] };
  },
  backward(dy, x, gamma, [mean, variance], epsilon) {
    const count = x.size / gamma.size;
    const inverse = tf.rsqrt(tf.add(variance as tf.Tensor, epsilon));
    const centered = tf.sub(x, mean as tf.Tensor);
    const byBeta = tf.sum(dy, [0, 1, 2]);
    const byGamma = tf.mul(tf.sum(tf.mul(dy, centered), [0, 1, 2]), inverse);
    // What x changes by way of the mean, and by way of the variance.
    const shift = tf.div(byBeta, count);
    const slope = tf.div(tf.mul(byGamma, inverse), count);
    const direct = tf.sub(tf.sub(dy, shift), tf.mul(centered, slope));
    return [tf.mul(direct, tf.mul(gamma, inverse)), byGamma, byBeta];
  },
};
