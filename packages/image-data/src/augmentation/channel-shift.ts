// A number added to all channels.

import { between, checkUpTo, type Draw } from './draw.js';
import type { Extremes, Pixels } from './pixels.js';

/** Up to so much either way. */
export function channelShift(range: number): Draw {
  checkUpTo('channelShiftRange', range);
  return (random) => ({ channelShiftIntensity: between(random, -range, range) });
}

/**
 * Values stay between the least and the greatest one of the image.
 *
 * @returns the least and the greatest one after
 */
export function shiftChannels({ data }: Pixels, intensity: number, extremes: Extremes): Extremes {
  const [least, greatest] = extremes;
  const shifted = (value: number) => {
    const sum = value + intensity;
    return sum < least ? least : sum > greatest ? greatest : sum;
  };
  for (let i = 0; i < data.length; i++) data[i] = shifted(data[i] as number);
  return [Math.fround(shifted(least)), Math.fround(shifted(greatest))];
}
