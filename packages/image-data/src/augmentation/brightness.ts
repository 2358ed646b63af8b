// Brightness as Keras has it, by way of Pillow: in whole units from 0 to 255.

import { between, checkRange, type Draw, type Range } from './draw.js';
import type { ValueStep } from './kernels/value-step.js';
import type { Extremes } from './pixels.js';

/** Multiplied by a number from here to there; 1 leaves whole numbers as they are. */
export function brightness(range: Range): Draw {
  checkRange('brightnessRange', range, 0);
  return (random) => ({ brightness: between(random, ...range) });
}

/**
 * ⌊factor · ⌊value⌋⌋, at most 255. An image with values outside of 0 … 255 is stretched to these before, and back after.
 * Pillow counts in float32, and so do these steps.
 */
export function brightnessSteps(factor: number, [least, greatest]: Extremes): ValueStep[] {
  const steps: ValueStep[] = [['truncate'], ['multiply', factor], ['truncate'], ['clamp', 0, 255]];
  if (least >= 0 && greatest <= 255) return steps;
  const width = greatest - least || 1;
  return [
    ...([
      ['add', -least],
      ['divide', width],
      ['multiply', 255],
    ] as const),
    ...steps,
    ...([
      ['divide', 255],
      ['multiply', width],
      ['add', least],
    ] as const),
  ];
}
