// Arrays that are the same in every run. They are computed when they are read, one at a time, and kept by nobody.

import type { Tensor } from '@tensorflow/tfjs-core';

export interface Constant {
  readonly shape: readonly number[];
  /** Not to be written to: it may be the weight itself. */
  readonly read: () => Promise<Float32Array>;
}

/** One of given values. */
export function constantOf(shape: readonly number[], values: Float32Array): Constant {
  return { shape, read: () => Promise.resolve(values) };
}

/** One that is a tensor's values. */
export function constantFrom(tensor: Tensor): Constant {
  return { shape: tensor.shape, read: async () => (await tensor.data()) as Float32Array };
}

/** One that is computed from others, in float64, and rounded once. `compute` gives the element at an index. */
export function computed(
  shape: readonly number[],
  from: readonly Constant[],
  prepare: (...arrays: Float32Array[]) => (index: number) => number,
): Constant {
  const size = shape.reduce((a, b) => a * b, 1);
  const read = async () => {
    const at = prepare(...(await Promise.all(from.map((constant) => constant.read()))));
    const values = new Float32Array(size);
    for (let i = 0; i < size; i++) values[i] = at(i);
    return values;
  };
  return { shape, read };
}
