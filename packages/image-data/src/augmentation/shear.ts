// Shear as Keras has it: columns lean, and become shorter by it.

import type { AffineMap } from './affine-map.js';
import { between, checkUpTo, type Draw } from './draw.js';

/** By up to so many degrees either way. */
export function shear(range: number): Draw {
  checkUpTo('shearRange', range);
  return (random) => ({ shear: between(random, -range, range) });
}

export function shearMap(degrees: number): AffineMap {
  const angle = (degrees * Math.PI) / 180;
  return [1, -Math.sin(angle), 0, 0, Math.cos(angle), 0];
}
