// One image changed as it is told, in memory.

import { isIdentity } from './affine-map.js';
import { brightnessSteps } from './brightness.js';
import { shiftSteps } from './channel-shift.js';
import { recolor } from './color-map.js';
import { eraseBox } from './erase.js';
import { geometry } from './geometry.js';
import type { ImageTransform } from './image-transform.js';
import { javascriptKernels } from './kernels/javascript-kernels.js';
import type { ValueStep } from './kernels/value-step.js';
import type { Workroom } from './kernels/workroom.js';
import type { Pixels } from './pixels.js';
import { equalize, posterize, sharpen, solarize, stretchChannels } from './tone.js';
import type { WarpSettings } from './warp-image.js';

/**
 * Writes the image, changed, into `room.to`: geometry first, then colours, those of Keras before the others, then what is
 * erased.
 *
 * @returns what remains to be done to all values: it costs less together with what comes after
 */
export function transformImage(
  room: Workroom,
  size: Pick<Pixels, 'height' | 'width' | 'channels'>,
  transform: ImageTransform,
  settings: WarpSettings,
): ValueStep[] {
  const { from, to, kernels } = room;
  const map = geometry(transform, [size.height, size.width]);
  if (isIdentity(map)) to.set(from);
  else kernels.warp({ ...size, data: from }, to, map, settings);
  const steps = kerasColors(room, transform);
  const later = Object.entries(laterChanges).filter(([name]) => name in transform);
  if (later.length === 0) return steps;
  kernels.change(to, steps);
  for (const [name, change] of later) {
    const value = transform[name as keyof typeof laterChanges];
    if (value !== undefined) (change as Change)({ ...size, data: to }, value);
  }
  return [];
}

type Change = (pixels: Pixels, value: unknown) => void;

/** What comes after Keras's colours, in this order. */
const laterChanges = {
  color: (pixels, steps) => {
    if (steps.length > 0) recolor(pixels, steps);
  },
  autoContrast: (pixels, isOn) => {
    if (isOn) stretchChannels(pixels);
  },
  equalize: (pixels, isOn) => {
    if (isOn) equalize(pixels);
  },
  sharpness: sharpen,
  posterize,
  solarize,
  erase: eraseBox,
} satisfies {
  readonly [Name in keyof ImageTransform]?: (
    pixels: Pixels,
    value: NonNullable<ImageTransform[Name]>,
  ) => void;
};

/** Shifted channels, then brightness. */
function kerasColors({ to, kernels }: Workroom, transform: ImageTransform): ValueStep[] {
  const { channelShiftIntensity, brightness } = transform;
  if (channelShiftIntensity === undefined && brightness === undefined) return [];
  const extremes = kernels.extremes(to);
  const shift =
    channelShiftIntensity === undefined ? [] : shiftSteps(channelShiftIntensity, extremes);
  if (brightness === undefined) return shift;
  // What is least and greatest before is so after.
  const two = Float32Array.from(extremes);
  javascriptKernels.change(two, shift);
  return [...shift, ...brightnessSteps(brightness, [two[0] as number, two[1] as number])];
}
