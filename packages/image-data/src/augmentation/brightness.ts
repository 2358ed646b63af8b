// Brightness as Keras has it, by way of Pillow: in whole units from 0 to 255.

import { between, checkRange, type Draw, type Range } from './draw.js';
import type { Extremes, Pixels } from './pixels.js';

/** Multiplied by a number from here to there; 1 leaves whole numbers as they are. */
export function brightness(range: Range): Draw {
  checkRange('brightnessRange', range, 0);
  return (random) => ({ brightness: between(random, ...range) });
}

/**
 * ⌊factor · ⌊value⌋⌋, at most 255. An image with values outside of 0 … 255 is stretched to these before, and back after.
 */
export function scaleBrightness({ data }: Pixels, factor: number, extremes: Extremes): void {
  const [least, greatest] = extremes;
  // Pillow counts in float32.
  const scale = Math.fround(factor);
  if (least >= 0 && greatest <= 255) {
    for (let i = 0; i < data.length; i++) data[i] = brighter(data[i] as number, scale);
    return;
  }
  const { fround } = Math;
  const width = fround(greatest - least) || 1;
  for (let i = 0; i < data.length; i++) {
    const of255 = fround(fround(fround((data[i] as number) - least) / width) * 255);
    data[i] = fround(fround(brighter(of255, scale) / 255) * width) + least;
  }
}

/** Of a value from 0 to 255, whose fraction `| 0` cuts off. */
function brighter(value: number, scale: number): number {
  const bright = Math.fround((value | 0) * scale) | 0;
  return bright < 255 ? bright : 255;
}
