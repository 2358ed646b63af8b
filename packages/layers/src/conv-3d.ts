// Keras's Conv3D with groups, and with a dilation, which in tfjs has no gradient: a sum of convolutions of images.

import * as tf from '@tensorflow/tfjs-core';
import { Conv, type Conv2DArgs } from './conv.js';

export type Conv3DArgs = Conv2DArgs;

/** See {@link conv3d}. */
export class GraftConv3D extends Conv {
  static readonly className = 'GraftConv3D';

  constructor(args: Conv3DArgs) {
    super(3, args);
  }

  protected override convolve(x: tf.Tensor): tf.Tensor {
    const [size, step, stride] = [this.kernelSize, this.dilationRate, this.strides].map(
      ([depth]) => depth as number,
    ) as [number, number, number];
    const depth = x.shape[1] as number;
    const reach = (size - 1) * step + 1;
    const count = Math.ceil((this.padding === 'same' ? depth : depth - reach + 1) / stride);
    const missing = Math.max((count - 1) * stride + reach - depth, 0);
    const around = this.padding === 'same' ? Math.floor(missing / 2) : 0;
    // What each tap of the kernel sees along the depth has a length that strides divide.
    const behind = Math.max((size - 1) * step + count * stride - depth - around, 0);
    const padded = padDepth(x, around, behind);
    const parts = tapsOf(this.kernel.read()).map((tap, i) => {
      const frames = every(padded, i * step, count, stride);
      const [batch, , ...frame] = frames.shape as [number, number, number, number, number];
      const convolved = this.convolveImages(tf.reshape(frames, [batch * count, ...frame]), tap);
      return tf.reshape(convolved, [batch, count, ...convolved.shape.slice(1)]);
    });
    return parts.length > 1 ? tf.addN(parts) : (parts[0] as tf.Tensor);
  }
}

/** The kernels of images that one of volumes has along the depth. */
export function tapsOf(kernel: tf.Tensor): tf.Tensor[] {
  // The gradient of tf.unstack fails for one.
  return kernel.shape[0] === 1 ? [tf.squeeze(kernel, [0])] : tf.unstack(kernel, 0);
}

/** Zeros before and behind [batch, depth, …]. */
export function padDepth(x: tf.Tensor, before: number, behind: number): tf.Tensor {
  return tf.pad(
    x,
    x.shape.map((_, axis) => (axis === 1 ? [before, behind] : [0, 0])),
  );
}

/** `count` of the frames of [batch, depth, …], from `start` on every `stride`-th one. */
function every(x: tf.Tensor, start: number, count: number, stride: number): tf.Tensor {
  const [batch, , ...frame] = x.shape as [number, number, ...number[]];
  const origin = [0, start, ...frame.map(() => 0)];
  const run = tf.slice(x, origin, [batch, count * stride, ...frame]);
  if (stride === 1) return run;
  // A slice with strides has no gradient in tfjs; this rank is as high as its kernels go.
  const flat = tf.reshape(run, [batch * count, stride, -1]);
  return tf.reshape(tf.slice(flat, [0, 0, 0], [batch * count, 1, -1]), [batch, count, ...frame]);
}

/**
 * Keras's Conv3D: [batch, depth, height, width, channels] → [batch, new depth, new height, new width, filters], or with the
 * channels first. Other than that of tfjs-layers it has groups, gradients with a dilation, and Keras's standard
 * initializer; where none of these is needed, that one is faster.
 *
 * @throws GraftError when an argument is out of range, or groups do not divide filters and channels
 * @example
 * import { conv3d } from '@graftjs/layers';
 * conv3d({ filters: 8, kernelSize: 3, dilationRate: 2 });
 */
export function conv3d(args: Conv3DArgs): GraftConv3D {
  return new GraftConv3D(args);
}
