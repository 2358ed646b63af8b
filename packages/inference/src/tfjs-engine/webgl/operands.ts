// What a convolution is computed from.

import type * as tf from '@tensorflow/tfjs-core';
import type { WindowKind } from './shader-parts.js';

export interface Operands {
  readonly info: tf.backend_util.Conv2DInfo;
  readonly x: tf.Tensor;
  readonly kernel: tf.Tensor;
  /** One, or none. */
  readonly bias: readonly tf.Tensor[];
  /** What results are kept within. */
  readonly bounds: { readonly min?: number; readonly max?: number };
}

export function windowOf({ info, bias, bounds }: Operands): WindowKind {
  return {
    filter: [info.filterHeight, info.filterWidth],
    strides: [info.strideHeight, info.strideWidth],
    dilations: [info.dilationHeight, info.dilationWidth],
    left: info.padInfo.left,
    isOddWidth: info.inWidth % 2 === 1,
    hasBias: bias.length > 0,
    ...bounds,
  };
}
