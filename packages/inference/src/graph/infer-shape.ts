// The shape of what a node gives, by the shapes of its inputs.

import type { GraphNode, Padding, Pair } from './node.js';
import { axisFromFront, type Shape } from './shape.js';

/** A node whose output has no name yet. */
export type Operation = GraphNode extends infer Node
  ? Node extends GraphNode
    ? Omit<Node, 'output'>
    : never
  : never;

export function inferShape(node: Operation, shapes: readonly Shape[]): Shape {
  const [x = [], second = []] = shapes;
  switch (node.op) {
    case 'conv2d':
    case 'depthwiseConv2d': {
      const [height, width, channels, filters] = second as readonly number[] as Lengths;
      const spatial = windows(x, [height, width], node);
      return [first(x), ...spatial, node.op === 'conv2d' ? filters : channels * filters];
    }
    case 'conv2dTranspose': {
      const [height, width, filters] = second as readonly number[] as Lengths;
      const spatial = [height, width].map((size, i) => {
        const length = x[i + 1] ?? null;
        const [before, after] = node.padding[i] as readonly [number, number];
        const reach = (size - 1) * (node.dilations[i] as number) + 1;
        const whole = (n: number) => (n - 1) * (node.strides[i] as number) + reach;
        return length === null ? null : whole(length) - before - after;
      });
      return [first(x), ...spatial, filters];
    }
    case 'maxPool':
    case 'avgPool':
      return [first(x), ...windows(x, node.size, { ...node, dilations: [1, 1] }), last(x)];
    case 'dense':
      return [...x.slice(0, -1), last(second)];
    case 'matMul': {
      const lengths = broadcast(x.slice(0, -2), second.slice(0, -2));
      return [...lengths, x.at(-2) ?? null, last(second)];
    }
    case 'embedding':
      return [...x, last(second)];
    case 'scaleShift':
    case 'activation':
    case 'sqrt':
    case 'rsqrt':
    case 'square':
    case 'softmax':
    case 'localResponseNormalization':
    case 'reverse':
      return x;
    case 'add':
    case 'sub':
    case 'mul':
    case 'div':
    case 'max':
    case 'min':
      return broadcast(x, second);
    case 'concat': {
      const axis = axisFromFront(node.axis, x.length);
      const lengths = shapes.map((shape) => shape[axis] ?? null);
      const sum = lengths.reduce((a, b) => (a === null || b === null ? null : a + b));
      return x.map((length, i) => (i === axis ? sum : length));
    }
    case 'reduceMean':
    case 'reduceMax':
    case 'reduceSum': {
      const isReduced = (axis: number) => node.axes.includes(axis);
      if (node.keepDims) return x.map((length, i) => (isReduced(i) ? 1 : length));
      return x.filter((_, i) => !isReduced(i));
    }
    case 'pad':
    case 'crop': {
      const sign = node.op === 'pad' ? 1 : -1;
      return x.map((length, i) => {
        const [before, after] = node.ends[i] ?? [0, 0];
        return length === null ? null : length + sign * (before + after);
      });
    }
    case 'reshape':
      return completed(node.shape, x);
    case 'transpose':
      return node.order.map((axis) => x[axis] ?? null);
    case 'recurrent': {
      const [units = null] = shapes[2] as Shape;
      return node.gives === 'outputs' ? [first(x), x[1] ?? null, units] : [first(x), units];
    }
    case 'resize':
      return [first(x), ...resized(x, node.to), last(x)];
  }
}

type Lengths = [number, number, number, number];

const first = (shape: Shape): number | null => shape[0] ?? null;
const last = (shape: Shape): number | null => shape.at(-1) ?? null;

interface Window {
  readonly strides: Pair;
  readonly dilations: Pair;
  readonly padding: Padding;
}

/** How many windows fit into height and width. */
function windows(x: Shape, size: Pair, { strides, dilations, padding }: Window): Shape {
  return size.map((taps, i) => {
    const length = x[i + 1] ?? null;
    const stride = strides[i] as number;
    if (length === null) return null;
    if (padding === 'same') return Math.ceil(length / stride);
    const [before, after] = padding[i] as readonly [number, number];
    const reach = (taps - 1) * (dilations[i] as number) + 1;
    return Math.floor((length + before + after - reach) / stride) + 1;
  });
}

function broadcast(a: Shape, b: Shape): Shape {
  const rank = Math.max(a.length, b.length);
  const lengthAt = (shape: Shape, i: number) => shape[i - rank + shape.length] ?? null;
  return Array.from({ length: rank }, (_, i) => {
    if (i < rank - a.length) return lengthAt(b, i);
    if (i < rank - b.length) return lengthAt(a, i);
    return lengthAt(a, i) === 1 ? lengthAt(b, i) : lengthAt(a, i);
  });
}

/** With the length that is left filled in, where that of `from` is known. */
function completed(shape: Shape, from: Shape): Shape {
  const open = shape.indexOf(null, 1);
  const known = from.slice(1);
  if (open < 0 || known.includes(null)) return shape;
  const product = (lengths: Shape) => lengths.reduce<number>((a, b) => a * (b ?? 1), 1);
  return shape.map((length, i) => (i === open ? product(known) / product(shape) : length));
}

function resized(x: Shape, to: { readonly times: Pair } | { readonly size: Pair }): Shape {
  if ('size' in to) return to.size;
  return to.times.map((times, i) => {
    const length = x[i + 1] ?? null;
    return length === null ? null : length * times;
  });
}
