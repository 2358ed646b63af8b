// An ONNX file as bytes. Weights are read one at a time, and copied once: to their place in the file.

import { GraftError } from '@graftjs/core';
import type { InferenceGraph } from '../graph/graph.js';
import type { Shape } from '../graph/shape.js';
import type { Initializer, WeightFormat } from './onnx-graph.js';
import { translate } from './translate.js';
import { dataTypes, encodeMessage, fieldHeader, type ValueInfoMessage } from './protocol.js';

/** Of the operators that are used; the runtimes of 2023 and later know it. */
const OPSET = 18;

/** The oldest version of the format that has them. */
const IR_VERSION = 8;

/** In bytes: what protobuf can read. */
const LARGEST_FILE = 2 ** 31 - 1;

/** Numbers of fields that hold the rest. */
const GRAPH_OF_MODEL = 7;
const INITIALIZER_OF_GRAPH = 5;
const RAW_DATA_OF_TENSOR = 9;

/**
 * The bytes of a `.onnx` file. Its inputs are the graph's, its outputs the graph's in the same order.
 *
 * @throws GraftError where they would be too many
 */
export async function encodeOnnx(
  graph: InferenceGraph,
  name: string,
  format: WeightFormat = 'float32',
): Promise<Uint8Array> {
  const { onnx, outputs } = translate(graph, format);
  const model = encodeMessage('ModelProto', {
    irVersion: IR_VERSION,
    producerName: 'graft',
    opsetImport: [{ domain: '', version: OPSET }],
  });
  const inside = encodeMessage('GraphProto', {
    node: onnx.nodes,
    name,
    input: graph.inputs.map(({ name, shape, dtype }) => infoOf(name, shape, dataTypes[dtype])),
    output: outputs.map(({ name, shape }) => infoOf(name, shape, dataTypes.float32)),
  });
  const weights = [...onnx.initializers.values()].map((initializer) => ({
    initializer,
    head: headOf(initializer),
  }));
  const size = weights.reduce(
    (sum, { head, initializer }) => sum + head.length + initializer.byteLength,
    inside.length,
  );
  const head = fieldHeader(GRAPH_OF_MODEL, size);
  const whole = model.length + head.length + size;
  if (whole > LARGEST_FILE) {
    const needed = (whole / 2 ** 30).toFixed(1);
    throw new GraftError(
      `a model must be at most 2 GB as ONNX, as ${format}. Received: ${needed} GB`,
    );
  }
  const bytes = new Uint8Array(whole);
  let at = 0;
  const write = (part: Uint8Array) => {
    bytes.set(part, at);
    at += part.length;
  };
  for (const part of [model, head, inside]) write(part);
  for (const { head, initializer } of weights) {
    write(head);
    const { buffer, byteOffset, byteLength } = await initializer.read();
    write(new Uint8Array(buffer, byteOffset, byteLength));
  }
  return bytes;
}

/** All of a weight but its values. */
function headOf({ name, shape, dataType, byteLength }: Initializer): Uint8Array {
  const fields = { dims: [...shape], dataType: dataTypes[dataType], name };
  const tensor = encodeMessage('TensorProto', fields);
  const raw = fieldHeader(RAW_DATA_OF_TENSOR, byteLength);
  const length = tensor.length + raw.length + byteLength;
  const head = fieldHeader(INITIALIZER_OF_GRAPH, length);
  return Uint8Array.of(...head, ...tensor, ...raw);
}

function infoOf(name: string, shape: Shape, elemType: number): ValueInfoMessage {
  const dim = shape.map((length, axis) =>
    length === null ? { dimParam: axis === 0 ? 'batch' : `${name}_${axis}` } : { dimValue: length },
  );
  return { name, type: { tensorType: { elemType, shape: { dim } } } };
}
