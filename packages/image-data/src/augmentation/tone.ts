// What is no linear change of colours: stretching or equalizing each channel, sharpening, fewer bits, inverting what is bright.

import type { Pixels } from './pixels.js';

/** Pillow's `autocontrast` with nothing cut off: each channel from 0 to 255, unless it is of one value. */
export function stretchChannels({ data, channels }: Pixels): void {
  for (let channel = 0; channel < channels; channel++) {
    let [least, greatest] = [Infinity, -Infinity];
    for (let i = channel; i < data.length; i += channels) {
      least = Math.min(least, data[i] as number);
      greatest = Math.max(greatest, data[i] as number);
    }
    const scale = 255 / (greatest - least);
    if (greatest === least) continue;
    for (let i = channel; i < data.length; i += channels) {
      data[i] = ((data[i] as number) - least) * scale;
    }
  }
}

/** Pillow's `equalize`: in each channel every whole unit becomes about as frequent as any other. */
export function equalize({ data, channels }: Pixels): void {
  const unitOf = (value: number) => Math.trunc(Math.min(Math.max(value, 0), 255));
  for (let channel = 0; channel < channels; channel++) {
    const counts = new Uint32Array(256);
    for (let i = channel; i < data.length; i += channels) {
      (counts[unitOf(data[i] as number)] as number) += 1;
    }
    const last = counts.findLast((count) => count > 0) ?? 0;
    // How many pixels come to a unit.
    const step = Math.floor((data.length / channels - last) / 255);
    if (step === 0) continue;
    let below = Math.floor(step / 2);
    const table = Uint8ClampedArray.from(counts, (count) => {
      const unit = Math.floor(below / step);
      below += count;
      return unit;
    });
    for (let i = channel; i < data.length; i += channels) {
      data[i] = table[unitOf(data[i] as number)] as number;
    }
  }
}

/** Pillow's `Sharpness`: to or from a smoothed image, whose outermost pixels are as they were. */
export function sharpen({ data, height, width, channels }: Pixels, factor: number): void {
  const source = data.slice();
  const line = width * channels;
  for (let row = 1; row < height - 1; row++) {
    for (let i = row * line + channels; i < (row + 1) * line - channels; i++) {
      const own = source[i] as number;
      let sum = 4 * own;
      for (let j = i - line; j <= i + line; j += line) {
        sum += source[j - channels] as number;
        sum += source[j] as number;
        sum += source[j + channels] as number;
      }
      const smooth = sum / 13;
      data[i] = Math.min(Math.max(smooth + factor * (own - smooth), 0), 255);
    }
  }
}

/** The upper bits of each value, from 1 to 8 of them. */
export function posterize({ data }: Pixels, bits: number): void {
  const step = 2 ** (8 - bits);
  for (let i = 0; i < data.length; i++) data[i] = Math.floor((data[i] as number) / step) * step;
}

/** 255 − value from a threshold on. */
export function solarize({ data }: Pixels, threshold: number): void {
  for (let i = 0; i < data.length; i++) {
    const value = data[i] as number;
    if (value >= threshold) data[i] = 255 - value;
  }
}
