// Operations that put values elsewhere.

import type {
  ConcatNode,
  CropNode,
  PadNode,
  Pair,
  ReshapeNode,
  ResizeNode,
  TransposeNode,
} from '../graph/node.js';
import { axisFromFront, type Shape } from '../graph/shape.js';
import { giveOutput, namesOf, takesFirst, type Emission } from './emission.js';
import { axisWithChannelsFirst } from './layouts.js';

type Node = ConcatNode | PadNode | CropNode | ReshapeNode | TransposeNode | ResizeNode;

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
      case 'pad': {
        const added = changed(node.ends);
        const before = added.map(([, ends]) => ends[0]);
        const pads = onnx.integers([...before, ...added.map(([, ends]) => ends[1])]);
        // With axes: without, ONNX Runtime 1.30 makes zeros around a MaxPool into its padding, which is no zeros.
        const axes = onnx.integers(added.map(([axis]) => place(axis)));
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
  // Pixels by themselves are in the same order wherever their channels are.
  const isFree = isPixel(layouts.shape(input)) && layouts.isFirst(input);
  // Images that are still as they came in need not be turned.
  if (!layouts.isFirst(input)) flattened.delete(node.output);
  const x = isFree || flattened.has(node.output) ? layouts.first(input) : layouts.last(input);
  const isFirst = isPixel(layouts.shape(node.output));
  const lengths = node.shape.slice(1).map((length) => length ?? -1);
  const [channels] = lengths.slice(-1) as [number];
  const shape = onnx.integers(isFirst ? [0, channels, 1, 1] : [0, ...lengths]);
  giveOutput(emission, node, isFirst, (output) => onnx.node('Reshape', [x, shape], output));
}

/** Images of one pixel. */
function isPixel(shape: Shape): boolean {
  return shape.length === 4 && shape[1] === 1 && shape[2] === 1;
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
