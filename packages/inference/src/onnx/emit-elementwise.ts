// Operations element by element, and softmax.

import type { BinaryNode, ScaleShiftNode, SoftmaxNode, UnaryNode } from '../graph/node.js';
import { axisFromFront } from '../graph/shape.js';
import { giveOutput, namesOf, takesFirst, type Emission } from './emission.js';
import { axisWithChannelsFirst } from './layouts.js';
import { float } from './onnx-graph.js';

const binary = { add: 'Add', sub: 'Sub', mul: 'Mul', div: 'Div', max: 'Max', min: 'Min' } as const;

type Node = BinaryNode | UnaryNode | ScaleShiftNode | SoftmaxNode;

export function emitElementwise(emission: Emission, node: Node): void {
  const { onnx, layouts } = emission;
  if (node.op === 'scaleShift') return emitScaleShift(emission, node);
  const isFirst = takesFirst(emission, node.inputs);
  const names = namesOf(emission, node.inputs, isFirst);
  const [x] = names as [string];
  giveOutput(emission, node, isFirst, (output) => {
    switch (node.op) {
      case 'sqrt':
        return onnx.node('Sqrt', [x], output);
      case 'rsqrt':
        return onnx.node('Reciprocal', [onnx.node('Sqrt', [x], `${output}/root`)], output);
      case 'square':
        return onnx.node('Mul', [x, x], output);
      case 'softmax': {
        const rank = layouts.shape(node.inputs[0] as string).length;
        const axis = axisFromFront(node.axis, rank);
        return onnx.node('Softmax', [x], output, {
          axis: isFirst ? axisWithChannelsFirst(axis) : axis,
        });
      }
      default:
        return onnx.node(binary[node.op], names, output);
    }
  });
}

function emitScaleShift(emission: Emission, node: ScaleShiftNode): void {
  const { onnx, layouts } = emission;
  const [input, scale, shift] = node.inputs as [string, string, string?];
  const rank = layouts.shape(input).length;
  const [channels] = layouts.shape(scale) as [number];
  // BatchNormalization does both at once, and has its channels second.
  const isNormalization = shift !== undefined && (rank === 2 || rank === 4);
  const isFirst = rank === 4 && (isNormalization || layouts.isFirst(input));
  const x = isFirst ? layouts.first(input) : layouts.last(input);
  giveOutput(emission, node, isFirst, (output) => {
    if (isNormalization) {
      const filled = (value: number) =>
        onnx.weight(`${channels} times ${value}`, {
          shape: [channels],
          read: () => Promise.resolve(new Float32Array(channels).fill(value)),
        });
      const inputs = [x, layouts.last(scale), layouts.last(shift), filled(0), filled(1)];
      return onnx.node('BatchNormalization', inputs, output, { epsilon: float(0) });
    }
    const [factor, term] = namesOf(emission, shift ? [scale, shift] : [scale], isFirst) as [string, string?]; // prettier-ignore
    if (!term) return onnx.node('Mul', [x, factor], output);
    return onnx.node('Add', [onnx.node('Mul', [x, factor], `${output}/scaled`), term], output);
  });
}
