// What augmentation may be asked to do: the options of Keras's ImageDataGenerator by its names, and some that are newer.

import type { ColorJitterOptions } from './color-jitter.js';
import type { Range } from './draw.js';
import type { ErasingOptions } from './erase.js';
import type { RandAugmentOptions } from './rand-augment.js';
import type { ResizedCropOptions } from './resized-crop.js';
import type { Shift } from './shift.js';
import type { StandardizeOptions } from './standardize.js';
import type { WarpSettings } from './warp-image.js';

/** What is drawn for each image. Pixels are in 0 … 255. What is absent does not happen. */
export interface RandomOptions {
  /** Degrees, either way. */
  readonly rotationRange?: number;
  /** To the sides: a fraction of the width, pixels, or a list to choose from. */
  readonly widthShiftRange?: Shift;
  /** Up and down, likewise. */
  readonly heightShiftRange?: Shift;
  /** Degrees, either way. */
  readonly shearRange?: number;
  /** How much of width and height is seen: from here to there, or 1 − f to 1 + f. Below 1 things grow. */
  readonly zoomRange?: number | Range;
  readonly horizontalFlip?: boolean;
  readonly verticalFlip?: boolean;
  /** What is added to all values, either way; they stay between the least and the greatest one. */
  readonly channelShiftRange?: number;
  /** What values are multiplied by, from here to there. */
  readonly brightnessRange?: Range;
  /** A part of the image that is enlarged to the whole, before all else. */
  readonly randomResizedCrop?: ResizedCropOptions;
  /** Brightness, contrast, saturation and hue. */
  readonly colorJitter?: ColorJitterOptions;
  /** Some operations at random, of one strength. */
  readonly randAugment?: RandAugmentOptions;
  /** A box of one value. */
  readonly randomErasing?: ErasingOptions;
}

/** How images are read between their pixels and beyond their edges. */
export interface ReadingOptions {
  /** Default: `nearest`. */
  readonly fillMode?: WarpSettings['fillMode'];
  /** The value outside, for `constant`. Default: 0. */
  readonly cval?: number;
  /** 0 takes the nearest pixel, 1 mixes four. Default: 1. */
  readonly interpolationOrder?: WarpSettings['interpolationOrder'];
}

/** All that can be done to images: drawn at random, then standardized. */
export interface AugmentOptions extends RandomOptions, ReadingOptions, StandardizeOptions {}
