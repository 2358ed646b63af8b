// Numbers in memory with their shape: what a data set is before it becomes tensors.

import { invalidArgument } from '@graftjs/core';

/** Numbers, row by row, and their shape, the examples as first axis. */
export interface ArrayData<Values extends NumberArray = NumberArray> {
  readonly data: Values;
  readonly shape: readonly number[];
}

/** The typed arrays that become tensors: float32 from the first, int32 from the others. */
export type NumberArray = Float32Array | Int32Array | Uint8Array;

/** Images and their labels, one byte each: `images` [n, height, width], `labels` [n]. */
export interface LabelledImages {
  readonly images: ArrayData<Uint8Array>;
  readonly labels: ArrayData<Uint8Array>;
}

/**
 * The number of examples in data of a sound shape.
 *
 * @throws GraftError when the shape does not fit the data
 */
export function countExamples(argument: string, { data, shape }: ArrayData): number {
  const [examples] = shape;
  const size = shape.reduce((product, length) => product * length, 1);
  if (examples === undefined || size !== data.length) {
    const received = `${data.length} numbers of shape [${shape.join(', ')}]`;
    throw invalidArgument(argument, 'data that fills its shape', received);
  }
  return examples;
}
