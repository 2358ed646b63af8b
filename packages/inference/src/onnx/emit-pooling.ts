// Windows and reductions.

import type { LocalResponseNormalizationNode, PoolNode, ReduceNode } from '../graph/node.js';
import { giveOutput, type Emission } from './emission.js';
import { float } from './onnx-graph.js';
import { paddingOf } from './padding.js';

type Node = PoolNode | ReduceNode | LocalResponseNormalizationNode;

export function emitPooling(emission: Emission, node: Node): void {
  const { onnx, layouts } = emission;
  const [input] = node.inputs as [string];
  switch (node.op) {
    case 'maxPool':
    case 'avgPool': {
      const { size, strides } = node;
      const edges = paddingOf(layouts.shape(input), { ...node, dilations: [1, 1] });
      const op = node.op === 'maxPool' ? 'MaxPool' : 'AveragePool';
      const x = layouts.first(input);
      return giveOutput(emission, node, true, (output) =>
        onnx.node(op, [x], output, { kernel_shape: size, strides, ...edges }),
      );
    }
    case 'localResponseNormalization': {
      const size = 2 * node.radius + 1;
      // ONNX divides by the size of the window.
      const alpha = float(node.alpha * size);
      const [beta, bias] = [float(node.beta), float(node.bias)];
      const x = layouts.first(input);
      return giveOutput(emission, node, true, (output) =>
        onnx.node('LRN', [x], output, { size, alpha, beta, bias }),
      );
    }
    default:
      return emitReduction(emission, node);
  }
}

const reductions = {
  reduceMean: 'ReduceMean',
  reduceMax: 'ReduceMax',
  reduceSum: 'ReduceSum',
} as const;

const globalPools: Partial<Record<ReduceNode['op'], string>> = {
  reduceMean: 'GlobalAveragePool',
  reduceMax: 'GlobalMaxPool',
};

function emitReduction(emission: Emission, node: ReduceNode): void {
  const { onnx, layouts } = emission;
  const [input] = node.inputs as [string];
  const { axes, keepDims } = node;
  const globalPool = globalPools[node.op];
  if (globalPool && layouts.shape(input).length === 4 && axes.join() === '1,2') {
    const x = layouts.first(input);
    return giveOutput(emission, node, keepDims, (output) => {
      if (keepDims) return onnx.node(globalPool, [x], output);
      const image = onnx.node(globalPool, [x], `${output}/image`);
      return onnx.node('Flatten', [image], output, { axis: 1 });
    });
  }
  const inputs = [layouts.last(input), onnx.integers(axes)];
  giveOutput(emission, node, false, (output) =>
    onnx.node(reductions[node.op], inputs, output, { keepdims: keepDims ? 1 : 0 }),
  );
}
