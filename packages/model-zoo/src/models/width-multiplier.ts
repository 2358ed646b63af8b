// The width multiplier of the MobileNets, and which of their widths and sizes have weights of ImageNet.

import { invalidArgument } from '@graftjs/core';
import type { ImageShape } from './image-shape.js';
import type { WeightsSource } from './model-options.js';

/** @throws GraftError when `alpha` is no width, or not one that ImageNet's weights were published for */
export function checkAlpha(
  alpha: number,
  weights: WeightsSource | undefined,
  published: readonly number[],
): void {
  if (!(Number.isFinite(alpha) && alpha > 0)) throw invalidArgument('alpha', 'positive', alpha);
  if (weights !== undefined && weights !== 'imagenet') return;
  if (!published.includes(alpha)) {
    const rule = `${published.slice(0, -1).join(', ')} or ${published.at(-1)} with the weights of imagenet`;
    throw invalidArgument('alpha', rule, alpha);
  }
}

/** The size that a classifier of ImageNet must have: the one asked for, where its weights were published for it. */
export function publishedSize(shape: ImageShape | undefined, published: readonly number[]): number {
  const [height, width] = Array.isArray(shape) ? (shape as unknown as ImageShape) : [null, null];
  return height !== null && height === width && published.includes(height) ? height : 224;
}

/** As in the model's name: `1.00_224`. */
export function sizeLabel(alpha: number, [height]: ImageShape): string {
  return `${alpha.toFixed(2)}_${height ?? 'None'}`;
}
