// Zoom, of width and height by themselves.

import { between, checkRange, checkUpTo, type Draw, type Range } from './draw.js';

/** A number f is from 1 − f to 1 + f. */
export function zoom(range: number | Range): Draw {
  const [low, high] =
    typeof range === 'number'
      ? ([1 - checkUpTo('zoomRange', range, 1), 1 + range] as const)
      : checkRange('zoomRange', range, 0);
  return (random) => ({ zx: between(random, low, high), zy: between(random, low, high) });
}
