// Rotation about the centre.

import type { AffineMap } from './affine-map.js';
import { between, checkUpTo, type Draw } from './draw.js';

/** By up to so many degrees either way. */
export function rotation(range: number): Draw {
  checkUpTo('rotationRange', range);
  return (random) => ({ theta: between(random, -range, range) });
}

export function rotationMap(degrees: number): AffineMap {
  const angle = (degrees * Math.PI) / 180;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  return [cos, -sin, 0, sin, cos, 0];
}
