// One image changed as it is told, in memory.

import { isIdentity } from './affine-map.js';
import { scaleBrightness } from './brightness.js';
import { shiftChannels } from './channel-shift.js';
import { recolor } from './color-map.js';
import { eraseBox } from './erase.js';
import { geometry } from './geometry.js';
import type { ImageTransform } from './image-transform.js';
import { extremesOf, type Pixels } from './pixels.js';
import { posterize, sharpen, solarize, stretchChannels } from './tone.js';
import { warpImage, type WarpSettings } from './warp-image.js';

/** Writes the image, changed, into `to`: geometry first, then colours, those of Keras before the others, then what is erased. */
export function transformImage(
  from: Pixels,
  to: Float32Array,
  transform: ImageTransform,
  settings: WarpSettings,
): void {
  const map = geometry(transform, [from.height, from.width]);
  if (isIdentity(map)) to.set(from.data);
  else warpImage(from, to, map, settings);
  const pixels = { ...from, data: to };
  const { channelShiftIntensity, brightness, color, sharpness } = transform;
  if (channelShiftIntensity !== undefined || brightness !== undefined) {
    let extremes = extremesOf(pixels);
    if (channelShiftIntensity !== undefined) {
      extremes = shiftChannels(pixels, channelShiftIntensity, extremes);
    }
    if (brightness !== undefined) scaleBrightness(pixels, brightness, extremes);
  }
  if (color !== undefined && color.length > 0) recolor(pixels, color);
  if (transform.autoContrast) stretchChannels(pixels);
  if (sharpness !== undefined) sharpen(pixels, sharpness);
  if (transform.posterize !== undefined) posterize(pixels, transform.posterize);
  if (transform.solarize !== undefined) solarize(pixels, transform.solarize);
  if (transform.erase) eraseBox(pixels, transform.erase);
}
