// A graph in ONNX's operators.

import type { InferenceGraph } from '../graph/graph.js';
import type { GraphNode } from '../graph/node.js';
import type { Shape } from '../graph/shape.js';
import { emitActivation } from './emit-activation.js';
import { emitConvolution } from './emit-convolution.js';
import { emitElementwise } from './emit-elementwise.js';
import { emitMatrix, rowsOfFlattened } from './emit-matrix.js';
import { emitMoving } from './emit-moving.js';
import { emitPooling } from './emit-pooling.js';
import { emitRecurrent } from './emit-recurrent.js';
import type { Emission } from './emission.js';
import { Layouts } from './layouts.js';
import { OnnxGraph, type WeightFormat } from './onnx-graph.js';

export interface Translation {
  readonly onnx: OnnxGraph;
  readonly outputs: readonly { readonly name: string; readonly shape: Shape }[];
}

export function translate(graph: InferenceGraph, format: WeightFormat): Translation {
  const onnx = new OnnxGraph(format);
  const layouts = new Layouts(graph, onnx);
  const emission = { graph, onnx, layouts, flattened: rowsOfFlattened(graph) };
  for (const node of graph.nodes) emit(emission, node);
  const taken = new Set(graph.inputs.map(({ name }) => name));
  const outputs = graph.outputs.map((value) => {
    // An output has a name of its own, also where it is an input, or is there twice.
    let name = layouts.last(value);
    if (taken.has(name)) name = onnx.node('Identity', [name], `${name}/output_${taken.size}`);
    taken.add(name);
    return { name, shape: layouts.shape(value) };
  });
  return { onnx, outputs };
}

function emit(emission: Emission, node: GraphNode): void {
  switch (node.op) {
    case 'conv2d':
    case 'depthwiseConv2d':
    case 'conv2dTranspose':
      return emitConvolution(emission, node);
    case 'dense':
    case 'embedding':
    case 'matMul':
      return emitMatrix(emission, node);
    case 'maxPool':
    case 'avgPool':
    case 'reduceMean':
    case 'reduceMax':
    case 'reduceSum':
    case 'localResponseNormalization':
      return emitPooling(emission, node);
    case 'activation':
      return emitActivation(emission, node);
    case 'scaleShift':
    case 'add':
    case 'sub':
    case 'mul':
    case 'div':
    case 'max':
    case 'min':
    case 'sqrt':
    case 'rsqrt':
    case 'square':
    case 'softmax':
      return emitElementwise(emission, node);
    case 'concat':
    case 'pad':
    case 'crop':
    case 'reshape':
    case 'transpose':
    case 'reverse':
    case 'resize':
      return emitMoving(emission, node);
    case 'recurrent':
      return emitRecurrent(emission, node);
  }
}
