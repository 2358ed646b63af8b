// What is done to one image: numbers that can be drawn, stored, compared and applied anywhere.

import type { ColorStep } from './color-map.js';
import type { ErasedBox } from './erase.js';

/** A rectangle of an image, in pixels; it may lie between them. */
export interface Box {
  readonly top: number;
  readonly left: number;
  readonly height: number;
  readonly width: number;
}

/**
 * What happens to one image, in the names of Keras's `ImageDataGenerator.apply_transform`; what is absent does not happen.
 * Geometry comes first and is one affine map about the centre of the image, then the colours, then what is erased.
 */
export interface ImageTransform {
  /** The part of the image that is seen, as large as the image before. */
  readonly crop?: Box;
  /** Degrees; positive ones turn counter-clockwise. */
  readonly theta?: number;
  /** By how many columns the image moves to the left. */
  readonly tx?: number;
  /** By how many rows it moves up. */
  readonly ty?: number;
  /** Keras's shear: degrees by which its columns lean. */
  readonly shear?: number;
  /** How much of the width is seen: 0.5 shows half of it, twice as wide. */
  readonly zx?: number;
  /** Likewise of the height. */
  readonly zy?: number;
  /** Columns to the side for each row down. */
  readonly shearX?: number;
  /** Rows down for each column to the side. */
  readonly shearY?: number;
  readonly flipHorizontal?: boolean;
  readonly flipVertical?: boolean;
  /** What is added to all values, which stay between the least and the greatest value of the image. */
  readonly channelShiftIntensity?: number;
  /** What values are multiplied by, in whole units from 0 to 255, as Pillow does it. */
  readonly brightness?: number;
  /** Linear changes of colour, the first one first. */
  readonly color?: readonly ColorStep[];
  /** Whether each channel is stretched to 0 … 255. */
  readonly autoContrast?: boolean;
  /** Whether in each channel all whole units from 0 to 255 become about as frequent; they do in images of 256 pixels and more. */
  readonly equalize?: boolean;
  /** 0 is smoothed, 1 as it is, 2 twice as sharp. */
  readonly sharpness?: number;
  /** How many of eight bits are kept, from 1 to 8. */
  readonly posterize?: number;
  /** From which value on values are inverted, from 0 to 256. */
  readonly solarize?: number;
  readonly erase?: ErasedBox;
}
