// Numbers of 16 bits, as IEEE 754 has them: the nearest one, of two equally near the even one.

const single = new Float32Array(1);
const bits = new Uint32Array(single.buffer);

/** The largest number that there is. */
export const LARGEST_HALF = 65504;

/** The bits of a number of at most {@link LARGEST_HALF}. */
export function halfOf(value: number): number {
  single[0] = value;
  const [pattern = 0] = bits;
  const sign = (pattern >>> 16) & 0x8000;
  const size = Math.abs(value);
  // Below 2^-14 the steps are 2^-24; those above are 2^-10 of the power of two below the number.
  if (size < 2 ** -14) return sign | roundToEven(size * 2 ** 24);
  const exponent = ((pattern >>> 23) & 0xff) - 127;
  // What is rounded up to the next power carries into the exponent by itself.
  return sign | (((exponent + 14) << 10) + roundToEven(size * 2 ** (10 - exponent)));
}

function roundToEven(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  return rest > 0.5 || (rest === 0.5 && floor % 2 === 1) ? floor + 1 : floor;
}
