// Shapes of the values of a graph, as Keras writes them: null where a length is known only when it runs.

/** Lengths of a value, the batch first; null for the batch, and for another length that is not known. */
export type Shape = readonly (number | null)[];

/** The number of elements of an example, null where it is not known. */
export function sizeOf(shape: Shape): number | null {
  return shape.reduce<number | null>(
    (size, length) => (size === null || length === null ? null : size * length),
    1,
  );
}

/** An axis counted from the front. */
export function axisFromFront(axis: number, rank: number): number {
  return axis < 0 ? axis + rank : axis;
}
