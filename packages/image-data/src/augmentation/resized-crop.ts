// A part of the image at random, enlarged to the whole.

import { invalidArgument } from '@graftjs/core';
import type { Size } from '../images/image.js';
import type { AffineMap } from './affine-map.js';
import { between, checkRange, type Draw, type Range } from './draw.js';
import type { Box } from './image-transform.js';

/** Options of `randomResizedCrop`, those of torchvision. */
export interface ResizedCropOptions {
  /** The share of the image's area, above 0 and up to 1. Default [0.08, 1]. */
  readonly scale?: Range;
  /** Width by height of the part. Default [3/4, 4/3]. */
  readonly ratio?: Range;
}

/** Ten tries at a part that fits; then the middle, as large as it can be within the ratios. */
export function resizedCrop({
  scale = [0.08, 1],
  ratio = [3 / 4, 4 / 3],
}: ResizedCropOptions): Draw {
  checkRange('randomResizedCrop.scale', scale);
  if (!(scale[0] > 0 && scale[1] <= 1)) {
    throw invalidArgument('randomResizedCrop.scale', 'above 0 and up to 1', scale);
  }
  checkRange('randomResizedCrop.ratio', ratio);
  if (!(ratio[0] > 0)) throw invalidArgument('randomResizedCrop.ratio', 'above 0', ratio);
  const logarithms = [Math.log(ratio[0]), Math.log(ratio[1])] as const;
  return (random, [height, width]) => {
    for (let i = 0; i < 10; i++) {
      const area = height * width * between(random, ...scale);
      const shape = Math.exp(between(random, ...logarithms));
      const [w, h] = [Math.sqrt(area * shape), Math.sqrt(area / shape)];
      if (w > width || h > height) continue;
      const [top, left] = [between(random, 0, height - h), between(random, 0, width - w)];
      return { crop: { top, left, height: h, width: w } };
    }
    const shape = Math.min(Math.max(width / height, ratio[0]), ratio[1]);
    const [w, h] = [Math.min(width, height * shape), Math.min(height, width / shape)];
    return { crop: { top: (height - h) / 2, left: (width - w) / 2, height: h, width: w } };
  };
}

/** Pixels have their centres at halves. */
export function cropMap({ top, left, height, width }: Box, [rows, columns]: Size): AffineMap {
  const [x, y] = [width / columns, height / rows];
  return [x, 0, left + (x - 1) / 2, 0, y, top + (y - 1) / 2];
}
