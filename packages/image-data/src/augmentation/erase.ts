// Random erasing: a box of the image gets one value.

import { invalidArgument } from '@graftjs/core';
import { between, checkRange, checkUpTo, type Draw, type Range } from './draw.js';
import type { Box } from './image-transform.js';
import type { Pixels } from './pixels.js';

/** A box of whole pixels, and the value that it gets. */
export interface ErasedBox extends Box {
  readonly value: number;
}

/** Options of `randomErasing`, those of torchvision. */
export interface ErasingOptions {
  /** How often it happens. Default 0.5. */
  readonly probability?: number;
  /** The share of the image's area, from 0 to 1. Default [0.02, 0.33]. */
  readonly scale?: Range;
  /** Height by width of the box. Default [0.3, 3.3]. */
  readonly ratio?: Range;
  /** What the box is filled with. Default 0. */
  readonly value?: number;
}

/** Source: Zhong et al., Random Erasing Data Augmentation, 2017. Ten tries at a box that fits; else none. */
export function randomErasing(options: ErasingOptions): Draw {
  const { probability = 0.5, scale = [0.02, 0.33], ratio = [0.3, 3.3], value = 0 } = options;
  checkUpTo('randomErasing.probability', probability, 1);
  checkRange('randomErasing.scale', scale, 0);
  checkUpTo('randomErasing.scale', scale[1], 1);
  checkRange('randomErasing.ratio', ratio);
  if (!(ratio[0] > 0)) throw invalidArgument('randomErasing.ratio', 'above 0', ratio);
  if (!Number.isFinite(value)) throw invalidArgument('randomErasing.value', 'a number', value);
  const logarithms = [Math.log(ratio[0]), Math.log(ratio[1])] as const;
  return (random, [height, width]) => {
    if (random() >= probability) return {};
    for (let i = 0; i < 10; i++) {
      const area = height * width * between(random, ...scale);
      const shape = Math.exp(between(random, ...logarithms));
      const [h, w] = [Math.round(Math.sqrt(area * shape)), Math.round(Math.sqrt(area / shape))];
      if (h >= height || w >= width) continue;
      const top = Math.floor(random() * (height - h + 1));
      const left = Math.floor(random() * (width - w + 1));
      return { erase: { top, left, height: h, width: w, value } };
    }
    return {};
  };
}

/** What of the box lies in the image gets the value, in all channels. */
export function eraseBox(pixels: Pixels, { top, left, height, width, value }: ErasedBox): void {
  const { data, channels } = pixels;
  const [start, end] = [Math.max(left, 0), Math.min(left + width, pixels.width)];
  for (let row = Math.max(top, 0); row < Math.min(top + height, pixels.height); row++) {
    const first = row * pixels.width;
    if (start < end) data.fill(value, (first + start) * channels, (first + end) * channels);
  }
}
