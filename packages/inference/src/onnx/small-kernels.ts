// Kernels in fewer bits than they are computed with. The file unfolds them, before they are used.

import { GraftError } from '@graftjs/core';
import type { Constant } from '../graph/constant.js';
import { halfOf, LARGEST_HALF } from './half.js';

/** As numbers of 16 bits. */
export async function asHalves(name: string, { read }: Constant): Promise<Uint16Array> {
  const values = await read();
  const wrong = values.find((value) => !(Math.abs(value) <= LARGEST_HALF));
  if (wrong !== undefined) {
    throw new GraftError(`weights must be "float32": ${name} has the value ${wrong}`);
  }
  return Uint16Array.from(values, halfOf);
}

/** What one step of 8 bits is in each channel of an axis: its largest value is 127 steps. */
export async function stepsOf(
  name: string,
  constant: Constant,
  axis: number,
): Promise<Float32Array> {
  const values = await constant.read();
  const channelAt = channelsOf(constant, axis);
  const steps = new Float32Array(constant.shape[axis] as number);
  for (const [i, value] of values.entries()) {
    const channel = channelAt(i);
    if (!Number.isFinite(value)) {
      throw new GraftError(`weights must be "float32": ${name} has the value ${value}`);
    }
    steps[channel] = Math.max(steps[channel] as number, Math.abs(value) / 127);
  }
  // Of nothing but zeros.
  return steps.map((step) => step || 1);
}

/** Each value in steps of its channel. */
export async function asBytes(name: string, constant: Constant, axis: number): Promise<Int8Array> {
  const steps = await stepsOf(name, constant, axis);
  const channelAt = channelsOf(constant, axis);
  const values = await constant.read();
  // A step is rounded, so that the largest value may be a hair above 127 of them.
  return Int8Array.from(values, (value, i) =>
    Math.max(-127, Math.min(127, Math.round(value / (steps[channelAt(i)] as number)))),
  );
}

function channelsOf({ shape }: Constant, axis: number): (index: number) => number {
  const inner = shape.slice(axis + 1).reduce((a, b) => a * b, 1);
  const channels = shape[axis] as number;
  return (index) => Math.floor(index / inner) % channels;
}
