// Keras's ReLU with its cap, slope and threshold; tfjs-layers has the cap only.

import { invalidArgument } from '@graftjs/core';
import * as tf from '@tensorflow/tfjs-core';
import { layers } from '@tensorflow/tfjs-layers';
import { type LayerArgs, oneTensor, type Shape } from './inputs.js';

export interface ReLUArgs extends LayerArgs {
  /** The largest value that comes out; null (the default) for no cap. */
  maxValue?: number | null;
  /** What `x − threshold` is multiplied with below the threshold. Default 0. */
  negativeSlope?: number;
  /** Where values begin to pass. Default 0. */
  threshold?: number;
}

/** See {@link reLU}. */
export class GraftReLU extends layers.Layer {
  static readonly className = 'GraftReLU';
  private readonly maxValue: number | null;
  private readonly negativeSlope: number;
  private readonly threshold: number;

  constructor(args: ReLUArgs = {}) {
    super(args);
    this.supportsMasking = true;
    this.maxValue = args.maxValue ?? null;
    this.negativeSlope = notNegative('negativeSlope', args.negativeSlope ?? 0);
    this.threshold = notNegative('threshold', args.threshold ?? 0);
    if (this.maxValue !== null) notNegative('maxValue', this.maxValue);
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => {
      const { maxValue, negativeSlope, threshold } = this;
      const x = oneTensor(inputs);
      if (negativeSlope !== 0 && maxValue === null && threshold === 0) {
        return tf.leakyRelu(x, negativeSlope);
      }
      // tfjs has a gradient for a step, and none for a comparison.
      const passed = threshold === 0 ? x : tf.mul(x, tf.step(tf.sub(x, threshold)));
      const capped = this.cap(passed);
      if (negativeSlope === 0) return capped;
      return tf.sub(capped, tf.mul(tf.relu(tf.sub(threshold, x)), negativeSlope));
    });
  }

  private cap(x: tf.Tensor): tf.Tensor {
    if (this.maxValue === null) return tf.relu(x);
    return this.maxValue === 6 ? tf.relu6(x) : tf.clipByValue(x, 0, this.maxValue);
  }

  override computeOutputShape(inputShape: Shape): Shape {
    return inputShape;
  }

  override getConfig(): tf.serialization.ConfigDict {
    const { maxValue, negativeSlope, threshold } = this;
    return { ...super.getConfig(), maxValue, negativeSlope, threshold };
  }
}

/**
 * Keras's ReLU: `maxValue` for x ≥ maxValue, x for threshold < x < maxValue, negativeSlope · (x − threshold) below. Any
 * shape; the output has it too.
 *
 * @throws GraftError when an argument is negative
 * @example
 * import { reLU } from '@graftjs/layers';
 * reLU({ maxValue: 6, negativeSlope: 0.1 });
 */
export function reLU(args?: ReLUArgs): GraftReLU {
  return new GraftReLU(args);
}

function notNegative(argument: string, value: number): number {
  if (value >= 0) return value;
  throw invalidArgument(argument, 'a number ≥ 0', value);
}
