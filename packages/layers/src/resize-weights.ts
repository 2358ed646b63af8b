// How much each source pixel of a line counts for each pixel of the resized line, as TensorFlow computes it.

/** The ways in which Keras resizes images. */
export type Interpolation = 'nearest' | 'bilinear' | 'bicubic' | 'lanczos3' | 'lanczos5' | 'area';

/** A weight of a bounded distance, in pixels. */
interface Kernel {
  readonly radius: number;
  readonly at: (distance: number) => number;
}

const kernels: Readonly<Partial<Record<Interpolation, Kernel>>> = {
  bilinear: { radius: 1, at: (x) => Math.max(0, 1 - x) },
  bicubic: { radius: 2, at: keysCubic },
  lanczos3: lanczos(3),
  lanczos5: lanczos(5),
};

/**
 * Row-major weights [to, from]: row i makes pixel i. Pixels have their centres at halves, except for `area`.
 *
 * @param antialias whether a kernel widens with the scale when an image shrinks
 */
export function resizeWeights(
  interpolation: Interpolation,
  from: number,
  to: number,
  antialias: boolean,
): Float32Array {
  const weights = new Float32Array(to * from);
  // TensorFlow rounds every step to float32, which decides between two pixels now and then.
  const scale = Math.fround(from / to);
  for (let i = 0; i < to; i++) {
    const row = weights.subarray(i * from, (i + 1) * from);
    const add = (pixel: number, weight: number) => {
      const bounded = Math.min(Math.max(pixel, 0), from - 1);
      row[bounded] = (row[bounded] as number) + weight;
    };
    const centre = Math.fround(Math.fround(i + 0.5) * scale);
    if (interpolation === 'nearest') add(Math.floor(centre), 1);
    else if (interpolation === 'area') addArea(i, scale, add);
    else if (interpolation === 'bilinear' && !antialias) addLinear(centre, add);
    else if (interpolation === 'bicubic' && !antialias) setCubic(centre, row);
    else
      setKernel(kernels[interpolation] as Kernel, centre, antialias ? Math.max(scale, 1) : 1, row);
  }
  return weights;
}

function addLinear(centre: number, add: (pixel: number, weight: number) => void): void {
  const position = Math.fround(centre - 0.5);
  const below = Math.floor(position);
  add(below, 1 - (position - below));
  add(below + 1, position - below);
}

/** The share of each pixel in the interval that becomes one. */
function addArea(i: number, scale: number, add: (pixel: number, weight: number) => void): void {
  const [start, end] = [Math.fround(i * scale), Math.fround((i + 1) * scale)];
  for (let pixel = Math.floor(start); pixel < Math.ceil(end); pixel++) {
    add(pixel, (Math.min(pixel + 1, end) - Math.max(pixel, start)) / scale);
  }
}

/** The distance is looked up in a table of 1024 steps. */
function setCubic(centre: number, row: Float32Array): void {
  const position = Math.fround(centre - 0.5);
  const below = Math.floor(position);
  const distance = Math.round(Math.fround(position - below) * 1024) / 1024;
  for (let offset = -1; offset <= 2; offset++) {
    const pixel = below + offset;
    if (pixel >= 0 && pixel < row.length) row[pixel] = keysCubic(Math.abs(distance - offset));
  }
  normalise(row);
}

function setKernel(kernel: Kernel, centre: number, width: number, row: Float32Array): void {
  const reach = kernel.radius * width;
  const first = Math.max(0, Math.ceil(centre - reach - 0.5));
  const last = Math.min(row.length - 1, Math.floor(centre + reach - 0.5));
  for (let pixel = first; pixel <= last; pixel++) {
    row[pixel] = kernel.at(Math.abs(pixel + 0.5 - centre) / width);
  }
  normalise(row);
}

/** Where the kernel reaches over the edge, the pixels within count the more. */
function normalise(row: Float32Array): void {
  const sum = row.reduce((total, weight) => total + weight, 0);
  for (let pixel = 0; pixel < row.length; pixel++) row[pixel] = (row[pixel] as number) / sum;
}

/** Keys's cubic convolution with a = -1/2. */
function keysCubic(x: number): number {
  if (x >= 2) return 0;
  if (x >= 1) return ((-0.5 * x + 2.5) * x - 4) * x + 2;
  return (1.5 * x - 2.5) * x * x + 1;
}

function lanczos(radius: number): Kernel {
  const at = (x: number) => {
    if (x > radius) return 0;
    if (x <= 1e-3) return 1;
    const angle = Math.PI * x;
    return (radius * Math.sin(angle) * Math.sin(angle / radius)) / (angle * angle);
  };
  return { radius, at };
}
