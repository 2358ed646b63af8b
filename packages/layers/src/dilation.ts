// Dilated convolutions by plain ones, which have gradients on every backend: those of tfjs with a dilation have none.

import * as tf from '@tensorflow/tfjs-core';

export type Pair = readonly [number, number];

export interface Window {
  /** Height and width of the kernel. */
  readonly size: Pair;
  readonly dilation: Pair;
  readonly padding: 'valid' | 'same';
}

/**
 * Takes every n-th pixel into a batch of its own, for a dilation of n: there the kernel's taps are neighbours.
 *
 * @param x [batch, height, width, channels]
 * @param convolve a convolution with the same kernel, of stride 1, without padding and dilation
 */
export function dilated(
  x: tf.Tensor4D,
  { size, dilation, padding }: Window,
  convolve: (x: tf.Tensor4D) => tf.Tensor4D,
): tf.Tensor4D {
  const ends = size.map((length, i) => {
    const step = dilation[i] as number;
    const around = padding === 'same' ? (length - 1) * step : 0;
    const before = Math.floor(around / 2);
    // The batches must have equal lengths; what that adds is cut off again.
    const extra = -((x.shape[i + 1] as number) + around) % step;
    const missing = extra === 0 ? 0 : extra + step;
    return { pads: [before, around - before + missing], crops: [0, missing] };
  });
  const blocks = tf.spaceToBatchND(
    x,
    [...dilation],
    ends.map(({ pads }) => pads),
  );
  return tf.batchToSpaceND(
    convolve(blocks),
    [...dilation],
    ends.map(({ crops }) => crops),
  );
}
