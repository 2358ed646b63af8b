// Activation functions on tensors, and which of them a kernel of tfjs applies itself.

import * as tf from '@tensorflow/tfjs-core';
import type { Activation, PlainActivation } from '../graph/activation.js';

/** What the fused kernels of tfjs take. */
export interface FusedActivation {
  readonly activation: 'linear' | 'relu' | 'relu6' | 'leakyrelu' | 'elu' | 'sigmoid';
  readonly leakyreluAlpha?: number;
}

const linear: FusedActivation = { activation: 'linear' };

/** The part of an activation that a fused kernel applies, and what is left to apply to its result. */
export function splitActivation(activation: Activation | undefined): {
  readonly fused: FusedActivation;
  readonly rest: Activation | undefined;
} {
  const fused = activation && fusedForm(activation);
  return fused ? { fused, rest: undefined } : { fused: linear, rest: activation };
}

function fusedForm(activation: Activation): FusedActivation | undefined {
  switch (activation.kind) {
    case 'relu':
    case 'sigmoid':
      return { activation: activation.kind };
    case 'clip':
      return isRelu6(activation) ? { activation: 'relu6' } : undefined;
    case 'leakyRelu':
      return { activation: 'leakyrelu', leakyreluAlpha: activation.alpha };
    case 'elu':
      return activation.alpha === 1 ? { activation: 'elu' } : undefined;
    default:
      return undefined;
  }
}

function isRelu6({ min, max }: { readonly min: number; readonly max: number }): boolean {
  return min === 0 && max === 6;
}

/** What a result is kept within where that is all that the activation does; none for no activation. */
export function boundsOf(
  activation: Activation | undefined,
): { readonly min?: number; readonly max?: number } | undefined {
  if (!activation) return {};
  if (activation.kind === 'relu') return { min: 0 };
  return activation.kind === 'clip' ? { min: activation.min, max: activation.max } : undefined;
}

/** Applies an activation, if there is one. */
export function activate(x: tf.Tensor, activation: Activation | undefined): tf.Tensor {
  if (!activation) return x;
  switch (activation.kind) {
    case 'clip':
      return isRelu6(activation) ? tf.relu6(x) : tf.clipByValue(x, activation.min, activation.max);
    case 'leakyRelu':
      return tf.leakyRelu(x, activation.alpha);
    case 'elu':
      return activation.alpha === 1 ? tf.elu(x) : scaledElu(x, activation.alpha);
    case 'hardSigmoid':
      return tf.clipByValue(tf.add(tf.mul(x, activation.alpha), activation.beta), 0, 1);
    case 'gelu':
      return tf.mul(tf.mul(x, 0.5), tf.add(activation.approximate ? byTanh(x) : byErf(x), 1));
    default:
      return plain[activation.kind](x);
  }
}

const plain: Readonly<Record<PlainActivation, (x: tf.Tensor) => tf.Tensor>> = {
  step: (x) => tf.cast(tf.greater(x, 0), 'float32'),
  relu: (x) => tf.relu(x),
  sigmoid: (x) => tf.sigmoid(x),
  tanh: (x) => tf.tanh(x),
  exp: (x) => tf.exp(x),
  softplus: (x) => tf.softplus(x),
  softsign: (x) => tf.div(x, tf.add(tf.abs(x), 1)),
  selu: (x) => tf.selu(x),
  swish: (x) => tf.mul(x, tf.sigmoid(x)),
  mish: (x) => tf.mul(x, tf.tanh(tf.softplus(x))),
};

function scaledElu(x: tf.Tensor, alpha: number): tf.Tensor {
  return tf.add(tf.relu(x), tf.mul(tf.expm1(tf.minimum(x, 0)), alpha));
}

function byTanh(x: tf.Tensor): tf.Tensor {
  const cubed = tf.mul(tf.mul(x, tf.square(x)), 0.044715);
  return tf.tanh(tf.mul(tf.add(x, cubed), Math.sqrt(2 / Math.PI)));
}

function byErf(x: tf.Tensor): tf.Tensor {
  return tf.erf(tf.mul(x, Math.SQRT1_2));
}
