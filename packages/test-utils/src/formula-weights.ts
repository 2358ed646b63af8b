// Weights and inputs by the formula of reference/makers/formula.py, where it is explained: the same here, to the bit.

import * as tf from '@tensorflow/tfjs-core';
import { type Layer, variableOf } from '@graftjs/core';

const ranges: Readonly<Record<string, readonly [number, number]>> = {
  gamma: [0.6, 1],
  beta: [-0.2, 0.2],
  moving_mean: [-0.1, 0.1],
  moving_variance: [0.5, 1.5],
  bias: [-0.1, 0.1],
};

/**
 * Gives every weight of a model's layers its value by the formula.
 *
 * @param headScale what those of the last layer that has weights are multiplied with
 */
export function fillByFormula(layers: readonly Layer[], headScale = 1): void {
  const head = layers.findLast(({ weights }) => weights.length > 0);
  for (const layer of layers) {
    const scale = layer === head ? headScale : 1;
    for (const weight of layer.weights) {
      const [low, high] = limits(weight.originalName, weight.shape as number[]);
      const value = formulaTensor(weight.originalName, weight.shape as number[], [
        low * scale,
        high * scale,
      ]);
      variableOf(weight).assign(value);
      value.dispose();
    }
  }
}

/** @param name of the layer and the weight, `conv1/kernel`, or of an input */
export function formulaTensor(
  name: string,
  shape: number[],
  [low, high]: readonly [number, number],
): tf.Tensor {
  const values = new Float32Array(tf.util.sizeFromShape(shape));
  const start = fnv1a(name);
  for (let i = 0; i < values.length; i++) {
    let h = (Math.imul(i, 0x9e3779b1) + start) | 0;
    h = Math.imul(h ^ (h >>> 16), 0x21f0aaad);
    h = Math.imul(h ^ (h >>> 15), 0x735a2d97);
    h ^= h >>> 15;
    values[i] = low + (high - low) * ((h >>> 8) / 2 ** 24);
  }
  return tf.tensor(values, shape);
}

function limits(name: string, shape: readonly number[]): readonly [number, number] {
  const weight = name.slice(name.lastIndexOf('/') + 1);
  const range = ranges[weight];
  if (range) return range;
  const inputs = shape.slice(0, weight === 'depthwise_kernel' ? 2 : -1);
  const limit = Math.sqrt(6 / inputs.reduce((a, b) => a * b, 1));
  return [-limit, limit];
}

function fnv1a(text: string): number {
  let h = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) h = Math.imul(h ^ byte, 0x01000193);
  return h;
}
