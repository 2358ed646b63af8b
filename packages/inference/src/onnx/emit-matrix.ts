// Products of matrices, and embeddings.

import type { Constant } from '../graph/constant.js';
import type { InferenceGraph } from '../graph/graph.js';
import type { DenseNode, EmbeddingNode, MatMulNode } from '../graph/node.js';
import { giveOutput, type Emission } from './emission.js';
import { permuted, reshaped } from './permuted.js';

export function emitMatrix(emission: Emission, node: DenseNode | EmbeddingNode | MatMulNode): void {
  const { onnx, layouts } = emission;
  if (node.op === 'embedding') return emitEmbedding(emission, node);
  if (node.op === 'matMul') {
    const factors = node.inputs.map((name) => layouts.last(name));
    return giveOutput(emission, node, false, (output) => onnx.node('MatMul', factors, output));
  }
  const [input, kernel, bias] = node.inputs as [string, string, string?];
  const x = layouts.last(input);
  const isMatrix = layouts.shape(input).length === 2;
  const inputs = [weights(emission, input, kernel), bias && layouts.last(bias)];
  giveOutput(emission, node, false, (output) => {
    if (isMatrix) return onnx.node('Gemm', [x, ...inputs], output);
    if (!bias) return onnx.node('MatMul', [x, inputs[0]], output);
    const product = onnx.node('MatMul', [x, inputs[0]], `${output}/product`);
    return onnx.node('Add', [product, inputs[1]], output);
  });
}

/** With their rows as the input has its columns. */
function weights({ onnx, layouts, flattened }: Emission, input: string, name: string): string {
  const image = flattened.get(input);
  const kernel = layouts.constant(name) as Constant;
  if (!image) return onnx.kernel(name, kernel, 1);
  const [rows, units] = kernel.shape as [number, number];
  const byPlace = reshaped(kernel, [...image, units]);
  const turned = reshaped(permuted(byPlace, [2, 0, 1, 3]), [rows, units]);
  return onnx.kernel(`${name}/channels_first`, turned, 1);
}

function emitEmbedding({ graph, onnx, layouts }: Emission, node: EmbeddingNode): void {
  const [numbers, table] = node.inputs as [string, string];
  const isWhole = graph.inputs.some(({ name, dtype }) => name === numbers && dtype === 'int32');
  const indices = isWhole
    ? numbers
    : onnx.node('Cast', [layouts.last(numbers)], `${node.output}/numbers`, { to: 6 });
  const rows = onnx.kernel(table, layouts.constant(table) as Constant, 0);
  onnx.node('Gather', [rows, indices], node.output, { axis: 0 });
  layouts.give(node.output, false);
}

/** The images that are flattened and then taken by dense layers alone: rather than the images, the weights are turned. */
export function rowsOfFlattened(graph: InferenceGraph): Emission['flattened'] {
  const candidates = new Map<string, [number, number, number]>();
  for (const node of graph.nodes) {
    if (node.op !== 'reshape' || node.shape.length !== 2) continue;
    const [height, width, channels, more] = (graph.shapes.get(node.inputs[0] as string) ?? []).slice(1); // prettier-ignore
    if (height == null || width == null || channels == null || more !== undefined) continue;
    if (height * width * channels !== node.shape[1]) continue;
    candidates.set(node.output, [height, width, channels]);
  }
  for (const output of graph.outputs) candidates.delete(output);
  for (const { op, inputs } of graph.nodes) {
    if (op !== 'dense') for (const input of inputs) candidates.delete(input);
  }
  return candidates;
}
