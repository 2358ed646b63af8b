// A constant with its axes in another order.

import type { Constant } from '../graph/constant.js';

/** As many floats as the processor's cache has in one line. */
const LINE = 16;

/** Axis i of the result is axis `order[i]` of the constant. */
export function permuted({ shape, read }: Constant, order: readonly number[]): Constant {
  const lengths = order.map((axis) => shape[axis] as number);
  return { shape: lengths, read: async () => permute(await read(), shape, order) };
}

function permute(
  from: Float32Array,
  shape: readonly number[],
  order: readonly number[],
): Float32Array {
  const to = new Float32Array(from.length);
  const lengths = order.map((axis) => shape[axis] as number);
  const fromSteps = order.map((axis) => stepOf(shape, axis));
  const toSteps = lengths.map((_, axis) => stepOf(lengths, axis));
  // Values that lie side by side are read a line at a time, and each is put where it belongs.
  const along = order.indexOf(shape.length - 1);
  const [size, toStep] = [lengths[along] as number, toSteps[along] as number];
  const others = order.map((_, axis) => axis).filter((axis) => axis !== along);
  const fill = (depth: number, fromAt: number, toAt: number, count: number): void => {
    const axis = others[depth];
    if (axis === undefined) {
      for (let i = 0; i < count; i++) to[toAt + i * toStep] = from[fromAt + i] as number;
      return;
    }
    const [fromStep, step] = [fromSteps[axis] as number, toSteps[axis] as number];
    for (let i = 0; i < (lengths[axis] as number); i++) {
      fill(depth + 1, fromAt + i * fromStep, toAt + i * step, count);
    }
  };
  for (let start = 0; start < size; start += LINE) {
    fill(0, start, start * toStep, Math.min(LINE, size - start));
  }
  return to;
}

/** How far values next to each other along an axis lie apart. */
function stepOf(shape: readonly number[], axis: number): number {
  return shape.slice(axis + 1).reduce((a, b) => a * b, 1);
}

/** The same values in another shape. */
export function reshaped({ read }: Constant, shape: readonly number[]): Constant {
  return { shape, read };
}
