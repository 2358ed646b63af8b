// A number added to all channels.

import { between, checkUpTo, type Draw } from './draw.js';
import { extremes, type Pixels } from './pixels.js';

/** Up to so much either way. */
export function channelShift(range: number): Draw {
  checkUpTo('channelShiftRange', range);
  return (random) => ({ channelShiftIntensity: between(random, -range, range) });
}

/** Values stay between the least and the greatest one of the image. */
export function shiftChannels({ data }: Pixels, intensity: number): void {
  const [least, greatest] = extremes(data);
  for (let i = 0; i < data.length; i++) {
    const value = Math.fround((data[i] as number) + intensity);
    data[i] = value < least ? least : value > greatest ? greatest : value;
  }
}
