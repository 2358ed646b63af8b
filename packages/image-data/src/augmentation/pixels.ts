// An image in memory, as augmentation works on it: in plain loops, which leave the same bits whatever backend there is.

/** Values [height, width, channels], row by row. */
export interface Pixels {
  readonly data: Float32Array;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

/** The least and the greatest value. */
export type Extremes = readonly [least: number, greatest: number];
