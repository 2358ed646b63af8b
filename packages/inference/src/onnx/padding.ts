// Padding as ONNX is told it.

import type { Padding, Pair } from '../graph/node.js';
import type { Shape } from '../graph/shape.js';

interface Window {
  readonly size: Pair;
  readonly strides: Pair;
  readonly dilations: Pair;
  readonly padding: Padding;
}

/** Attributes of a node: the pads themselves, or, where they depend on a size that is not known, TensorFlow's way. */
export function paddingOf(
  x: Shape,
  { size, strides, dilations, padding }: Window,
): { pads: number[] } | { auto_pad: string } {
  if (padding !== 'same') return pads(padding);
  const ends = size.map((taps, i): [number, number] | undefined => {
    const [stride, length] = [strides[i] as number, x[i + 1] ?? null];
    const reach = (taps - 1) * (dilations[i] as number) + 1;
    if (length === null && stride > 1) return undefined;
    // With strides of 1 the length does not matter.
    const covered = length === null ? reach - 1 : coveredBeyond(length, stride, reach);
    const before = Math.floor(covered / 2);
    return [before, covered - before];
  });
  const [vertical, horizontal] = ends;
  return vertical && horizontal ? pads([vertical, horizontal]) : { auto_pad: 'SAME_UPPER' };
}

/** By how much the windows of TensorFlow's `same` reach over the edges in all. */
function coveredBeyond(length: number, stride: number, reach: number): number {
  const count = Math.ceil(length / stride);
  return Math.max((count - 1) * stride + reach - length, 0);
}

/** Above, left, below, right. */
function pads([[top, bottom], [left, right]]: Exclude<Padding, 'same'>): { pads: number[] } {
  return { pads: [top, left, bottom, right] };
}
