// A number added to all channels.

import { between, checkUpTo, type Draw } from './draw.js';
import type { ValueStep } from './kernels/value-step.js';
import type { Extremes } from './pixels.js';

/** Up to so much either way. */
export function channelShift(range: number): Draw {
  checkUpTo('channelShiftRange', range);
  return (random) => ({ channelShiftIntensity: between(random, -range, range) });
}

/** A number is added to all values, which stay between the least and the greatest one of the image. */
export function shiftSteps(intensity: number, extremes: Extremes): ValueStep[] {
  return [
    ['add', intensity],
    ['clamp', ...extremes],
  ];
}
