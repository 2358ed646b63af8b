// From decoded pixels to the channels that were asked for, as Pillow's `convert` does it.

/** The channels of a loaded image, as Keras names them: 3, 4 and 1. */
export type ColorMode = 'rgb' | 'rgba' | 'grayscale';

export const channelsOf: Readonly<Record<ColorMode, number>> = { rgb: 3, rgba: 4, grayscale: 1 };

/**
 * Pixels of three channels, or of four with alpha, in another mode. Alpha is dropped where it is not asked for, not
 * blended with a background; it is 255 where there was none.
 */
export function toColorMode(pixels: Uint8Array, channels: number, mode: ColorMode): Uint8Array {
  if (channels === channelsOf[mode]) return pixels;
  const count = pixels.length / channels;
  const wanted = channelsOf[mode];
  const result = new Uint8Array(count * wanted).fill(255);
  for (let i = 0, from = 0, to = 0; i < count; i++, from += channels, to += wanted) {
    const [red, green, blue] = [pixels[from]!, pixels[from + 1]!, pixels[from + 2]!];
    if (mode === 'grayscale') {
      result[to] = luma(red, green, blue);
    } else {
      result[to] = red;
      result[to + 1] = green;
      result[to + 2] = blue;
    }
  }
  return result;
}

/** Pixels of cyan, magenta, yellow and black, each 255 where there is most ink, as red, green and blue. */
export function rgbFromCmyk(pixels: Uint8Array): Uint8Array {
  const count = pixels.length / 4;
  const result = new Uint8Array(3 * count);
  for (let i = 0; i < count; i++) {
    const light = 255 - pixels[4 * i + 3]!;
    for (let channel = 0; channel < 3; channel++) {
      result[3 * i + channel] = light - multiply255(pixels[4 * i + channel]!, light);
    }
  }
  return result;
}

/** Of ITU-R 601, in 16 bits of fraction: grey stays as it is. */
function luma(red: number, green: number, blue: number): number {
  return (red * 19595 + green * 38470 + blue * 7471 + 0x8000) >> 16;
}

/** a b / 255, rounded. */
export function multiply255(a: number, b: number): number {
  const product = a * b + 128;
  return ((product >> 8) + product) >> 8;
}
