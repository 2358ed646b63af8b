// What is drawn for one image: a function of seed, epoch, place and options alone.

import { invalidArgument } from '@graftjs/core';
import type { Size } from '../images/image.js';
import { seededUniform } from '../random.js';
import type { RandomOptions } from './augment-options.js';
import { brightness } from './brightness.js';
import { channelShift } from './channel-shift.js';
import { colorJitter } from './color-jitter.js';
import type { Draw } from './draw.js';
import { randomErasing } from './erase.js';
import { horizontalFlip, verticalFlip } from './flip.js';
import type { ImageTransform } from './image-transform.js';
import { mergeTransforms } from './merge-transforms.js';
import { randAugment } from './rand-augment.js';
import { resizedCrop } from './resized-crop.js';
import { rotation } from './rotation.js';
import { shear } from './shear.js';
import { heightShift, widthShift } from './shift.js';
import { zoom } from './zoom.js';

/** Which image it is, and for the how manyeth time. */
export interface ImagePlace {
  /** An integer. */
  readonly seed: number;
  /** Counted from 0. A cache of several variants of each image counts them so. */
  readonly epoch: number;
  /** The place of the image in its epoch, counted from 0. */
  readonly index: number;
}

type Makers = {
  readonly [K in keyof RandomOptions]-?: (option: NonNullable<RandomOptions[K]>) => Draw;
};

/**
 * An entry for each option. Each draws numbers of its own, by its place in this list: turning one on leaves the others as
 * they were. New ones come last.
 */
const makers: Makers = {
  rotationRange: rotation,
  widthShiftRange: widthShift,
  heightShiftRange: heightShift,
  shearRange: shear,
  zoomRange: zoom,
  horizontalFlip,
  verticalFlip,
  channelShiftRange: channelShift,
  brightnessRange: brightness,
  randomResizedCrop: resizedCrop,
  colorJitter,
  randAugment,
  randomErasing,
};

/** Checks options once, for many images. @throws GraftError for an option out of range */
export function planDraws(
  options: RandomOptions,
): (size: Size, place: ImagePlace) => ImageTransform {
  const draws = Object.entries(makers).flatMap(([name, make], stream) => {
    const option = options[name as keyof RandomOptions];
    if (option === undefined) return [];
    return [{ draw: (make as (option: unknown) => Draw)(option), stream }];
  });
  return (size, { seed, epoch, index }) =>
    mergeTransforms(
      draws.map(({ draw, stream }) => draw(seededUniform(seed, epoch, index, stream), size)),
    );
}

/**
 * What is done to an image: the same for equal arguments, on every machine.
 *
 * @param size height and width of the image
 * @throws GraftError for an option or a place out of range
 * @example
 * import { drawTransform } from '@graftjs/image-data';
 * drawTransform({ rotationRange: 15 }, [224, 224], { seed: 1, epoch: 0, index: 7 }); // { theta: … }
 */
export function drawTransform(
  options: RandomOptions,
  size: Size,
  place: ImagePlace,
): ImageTransform {
  checkPlace(place);
  return planDraws(options)(size, place);
}

/** @throws GraftError when a number is out of range */
export function checkPlace({ seed, epoch, index }: ImagePlace): void {
  if (!Number.isSafeInteger(seed)) throw invalidArgument('seed', 'an integer', seed);
  for (const [name, value] of Object.entries({ epoch, index })) {
    if (!(Number.isSafeInteger(value) && value >= 0 && value < 2 ** 32)) {
      throw invalidArgument(name, 'an integer of at least 0, below 2^32', value);
    }
  }
}
