// Operations that put values elsewhere.

import type {
  ConcatNode,
  CropNode,
  PadNode,
  Pair,
  ReshapeNode,
  ResizeNode,
  ReverseNode,
  TransposeNode,
} from '../graph/node.js';
import { axisFromFront, type Shape, sizeOf } from '../graph/shape.js';
import { giveOutput, namesOf, takesFirst, type Emission } from './emission.js';
import { axisWithChannelsFirst } from './layouts.js';

type Node =
  ConcatNode | PadNode | CropNode | ReshapeNode | TransposeNode | ReverseNode | ResizeNode;

/** What ONNX takes for the end of a slice that goes to the end. */
const TO_THE_END = 2 ** 31 - 1;

export function emitMoving(emission: Emission, node: Node): void {
  if (node.op === 'reshape') return emitReshape(emission, node);
  if (node.op === 'resize') return emitResize(emission, node);
  const { onnx, layouts } = emission;
  const isFirst = node.op !== 'transpose' && takesFirst(emission, node.inputs);
  const names = namesOf(emission, node.inputs, isFirst);
  const rank = layouts.shape(node.inputs[0] as string).length;
  const place = (axis: number) => (isFirst ? axisWithChannelsFirst(axis) : axis);
  giveOutput(emission, node, isFirst, (output) => {
    switch (node.op) {
      case 'concat':
        return onnx.node('Concat', names, output, { axis: place(axisFromFront(node.axis, rank)) });
      case 'transpose':
        return onnx.node('Transpose', names, output, { perm: node.order });
      case 'reverse': {
        const [back, end] = [onnx.integers([-1]), onnx.integers([-TO_THE_END])];
        const axis = onnx.integers([place(axisFromFront(node.axis, rank))]);
        return onnx.node('Slice', [...names, back, end, axis, back], output);
      }
      case 'pad': {
        const ends: (readonly [number, number])[] = [];
        for (const [axis, both] of node.ends.entries()) ends[place(axis)] = both;
        const pads = onnx.integers([0, 1].flatMap((i) => ends.map((both) => both[i] as number)));
        // All axes: without any, ONNX Runtime 1.30 makes zeros around a MaxPool into its padding, which is no zeros, and of some
        // it loses track when it moves a Transpose.
        const axes = onnx.integers([...ends.keys()]);
        return onnx.node('Pad', [...names, pads, onnx.scalar(node.value), axes], output);
      }
      case 'crop': {
        const cut = changed(node.ends);
        const starts = onnx.integers(cut.map(([, [before]]) => before));
        const ends = onnx.integers(cut.map(([, [, after]]) => (after > 0 ? -after : TO_THE_END)));
        const axes = onnx.integers(cut.map(([axis]) => place(axis)));
        return onnx.node('Slice', [...names, starts, ends, axes], output);
      }
    }
  });
}

/** The axes whose ends change, and how. */
function changed(ends: PadNode['ends']): [axis: number, ends: readonly [number, number]][] {
  return [...ends.entries()].filter(([, [before, after]]) => before !== 0 || after !== 0);
}

function emitReshape(emission: Emission, node: ReshapeNode): void {
  const { onnx, layouts, flattened } = emission;
  const [input] = node.inputs as [string];
  const isFree = hasOneOrder(layouts.shape(input)) && layouts.isFirst(input);
  // Images that are still as they came in need not be turned.
  if (!layouts.isFirst(input)) flattened.delete(node.output);
  const x = isFree || flattened.has(node.output) ? layouts.first(input) : layouts.last(input);
  const isFirst = hasOneOrder(layouts.shape(node.output));
  const lengths = node.shape.slice(1).map((length) => length ?? -1);
  const [channels] = lengths.slice(-1) as [number];
  const [size, newSize] = [layouts.shape(input), node.shape].map((shape) => sizeOf(shape.slice(1)));
  // 0 stands for the length that there is, -1 for whatever is left.
  const batch = newSize === null || size === null || size === newSize ? 0 : -1;
  const moved = isFirst ? [channels, ...lengths.slice(0, -1)] : lengths;
  const shape = onnx.integers([batch, ...moved]);
  giveOutput(emission, node, isFirst, (output) => onnx.node('Reshape', [x, shape], output));
}

/** Images of one pixel, or of one channel: they are in the same order wherever their channels are. */
function hasOneOrder(shape: Shape): boolean {
  const [, height, width, channels] = shape;
  return shape.length === 4 && (channels === 1 || (height === 1 && width === 1));
}

function emitResize(emission: Emission, node: ResizeNode): void {
  const { onnx, layouts } = emission;
  const { to, method, halfPixelCenters } = node;
  const x = layouts.first(node.inputs[0] as string);
  giveOutput(emission, node, true, (output) => {
    // All four lengths: of two, by `axes`, ONNX Runtime 1.30 loses track when it moves a Transpose.
    const sizes = (size: Pair) => {
      const others = onnx.node('Shape', [x], `${output}/others`, { start: 0, end: 2 });
      return onnx.node('Concat', [others, onnx.integers(size)], `${output}/sizes`, { axis: 0 });
    };
    const target =
      'size' in to ? [undefined, undefined, sizes(to.size)] : [undefined, onnx.floats([1, 1, ...to.times])]; // prettier-ignore
    return onnx.node('Resize', [x, ...target], output, {
      mode: method === 'nearest' ? 'nearest' : 'linear',
      coordinate_transformation_mode: halfPixelCenters ? 'half_pixel' : 'asymmetric',
      nearest_mode: halfPixelCenters ? 'round_prefer_ceil' : 'floor',
    });
  });
}
