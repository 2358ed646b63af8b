// Mirror images, of every second image.

import type { Size } from '../images/image.js';
import type { AffineMap } from './affine-map.js';
import type { Draw } from './draw.js';

export function horizontalFlip(isOn: boolean): Draw {
  return (random) => ({ flipHorizontal: isOn && random() < 0.5 });
}

export function verticalFlip(isOn: boolean): Draw {
  return (random) => ({ flipVertical: isOn && random() < 0.5 });
}

export function flipMap([height, width]: Size, horizontal: boolean, vertical: boolean): AffineMap {
  const across = horizontal ? ([-1, 0, width - 1] as const) : ([1, 0, 0] as const);
  const down = vertical ? ([0, -1, height - 1] as const) : ([0, 1, 0] as const);
  return [...across, ...down];
}
