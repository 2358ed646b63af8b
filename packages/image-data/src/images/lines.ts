// The mixing of pixels along one axis: what both ways of resizing, Pillow's and Keras's, come down to.

/** How one pixel comes to be: the weights of source pixels next to each other, the first of which is `first`. */
export interface Line {
  readonly first: number;
  readonly weights: Float64Array;
}

/**
 * [outer, from, inner] → [outer, lines.length, inner] in `target`: pixel i of each row by line i.
 *
 * @param inner numbers that a step along the axis skips
 * @param round what becomes of a sum before it is stored
 */
export function mix<Target extends Float32Array | Uint8ClampedArray>(
  source: ArrayLike<number>,
  { from, inner }: { from: number; inner: number },
  lines: readonly Line[],
  target: Target,
  round: (sum: number) => number,
): Target {
  const outer = source.length / (from * inner);
  let at = 0;
  for (let row = 0; row < outer; row++) {
    const start = row * from * inner;
    for (const { first, weights } of lines) {
      const begin = start + first * inner;
      for (let offset = 0; offset < inner; offset++) {
        let sum = 0;
        for (let tap = 0, i = begin + offset; tap < weights.length; tap++, i += inner) {
          sum += source[i]! * weights[tap]!;
        }
        target[at++] = round(sum);
      }
    }
  }
  return target;
}
