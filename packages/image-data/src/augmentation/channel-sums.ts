// Sums of images' channels, from which their means and standard deviations follow.

import type { NumberArray } from '../array-data.js';
import type { ImageStatistics } from './image-statistics.js';

export class ChannelSums {
  private pixels = 0;
  /** The first pixel: sums of distances from it lose less than sums of values. */
  private origin: readonly number[] = [];
  private sums = new Float64Array();
  private squares = new Float64Array();

  add(image: NumberArray, channels: number): void {
    if (this.pixels === 0) {
      this.origin = Array.from(image.subarray(0, channels));
      [this.sums, this.squares] = [new Float64Array(channels), new Float64Array(channels)];
    }
    const { origin, sums, squares } = this;
    for (let i = 0; i < image.length; i += channels) {
      for (let channel = 0; channel < channels; channel++) {
        const distance = (image[i + channel] as number) - (origin[channel] as number);
        (sums[channel] as number) += distance;
        (squares[channel] as number) += distance * distance;
      }
    }
    this.pixels += image.length / channels;
  }

  /** Of all values times a number; undefined where there were no images. */
  statistics(rescale: number): ImageStatistics | undefined {
    const { pixels } = this;
    if (pixels === 0) return undefined;
    const means = Array.from(this.sums, (sum) => sum / pixels);
    return {
      mean: means.map((mean, channel) => (mean + (this.origin[channel] as number)) * rescale),
      std: means.map((mean, channel) => {
        const variance = (this.squares[channel] as number) / pixels - mean * mean;
        return Math.sqrt(Math.max(variance, 0)) * Math.abs(rescale);
      }),
    };
  }
}
