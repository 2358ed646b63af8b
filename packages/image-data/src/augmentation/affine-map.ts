// Affine maps of the plane, from the pixels of a result to those of an image: how geometry is composed before it is applied.

/** (x, y) ↦ (ax + by + c, dx + ey + f), x counting columns and y rows. */
export type AffineMap = readonly [a: number, b: number, c: number, d: number, e: number, f: number];

const identity: AffineMap = [1, 0, 0, 0, 1, 0];

/** One map of several: the last of them is applied first. */
export function composed(...maps: readonly AffineMap[]): AffineMap {
  return maps.reduce(
    ([a, b, c, d, e, f], [p, q, r, s, t, u]): AffineMap => [
      a * p + b * s,
      a * q + b * t,
      a * r + b * u + c,
      d * p + e * s,
      d * q + e * t,
      d * r + e * u + f,
    ],
    identity,
  );
}

/** The map with (x, y) for its origin. */
export function around(map: AffineMap, x: number, y: number): AffineMap {
  return composed([1, 0, x, 0, 1, y], map, [1, 0, -x, 0, 1, -y]);
}

/** True where a map leaves all pixels in their places. */
export function isIdentity(map: AffineMap): boolean {
  return map.every((value, i) => value === identity[i]);
}
