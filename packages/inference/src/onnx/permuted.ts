// A constant with its axes in another order.

import type { Constant } from '../graph/constant.js';

/** Axis i of the result is axis `order[i]` of the constant. */
export function permuted({ shape, read }: Constant, order: readonly number[]): Constant {
  const lengths = order.map((axis) => shape[axis] as number);
  const strides = shape.map((_, axis) => shape.slice(axis + 1).reduce((a, b) => a * b, 1));
  const steps = order.map((axis) => strides[axis] as number);
  return {
    shape: lengths,
    read: async () => {
      const from = await read();
      const to = new Float32Array(from.length);
      let next = 0;
      const fill = (axis: number, start: number): void => {
        const [length, step] = [lengths[axis] as number, steps[axis] as number];
        for (let i = 0, at = start; i < length; i++, at += step) {
          if (axis === lengths.length - 1) to[next++] = from[at] as number;
          else fill(axis + 1, at);
        }
      };
      fill(0, 0);
      return to;
    },
  };
}

/** The same values in another shape. */
export function reshaped({ read }: Constant, shape: readonly number[]): Constant {
  return { shape, read };
}
