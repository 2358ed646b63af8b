// The messages of TensorFlow's SavedModel that a training graph needs, in protobuf's own language.
// Field numbers: tensorflow/core/protobuf/{saved_model,meta_graph}.proto, tensorflow/core/framework/{graph,node_def,
// attr_value,tensor,tensor_shape,versions}.proto.

import protobuf from 'protobufjs';

const definitions = `
  syntax = "proto3";
  message SavedModel { int64 saved_model_schema_version = 1; repeated MetaGraphDef meta_graphs = 2; }
  message MetaGraphDef { MetaInfoDef meta_info_def = 1; GraphDef graph_def = 2; }
  message MetaInfoDef { repeated string tags = 4; string tensorflow_version = 5; }
  message GraphDef { repeated NodeDef node = 1; VersionDef versions = 4; }
  message VersionDef { int32 producer = 1; }
  message NodeDef { string name = 1; string op = 2; repeated string input = 3; map<string, AttrValue> attr = 5; }
  message AttrValue {
    oneof value {
      ListValue list = 1; bytes s = 2; int64 i = 3; float f = 4; bool b = 5; int32 type = 6;
      TensorShapeProto shape = 7; TensorProto tensor = 8;
    }
  }
  message ListValue {
    repeated bytes s = 2; repeated int64 i = 3; repeated float f = 4; repeated bool b = 5; repeated int32 type = 6;
  }
  message TensorShapeProto { message Dim { int64 size = 1; } repeated Dim dim = 2; }
  message TensorProto { int32 dtype = 1; TensorShapeProto tensor_shape = 2; bytes tensor_content = 4; }
`;

export interface ShapeMessage {
  dim: { size: number }[];
}

export type AttrMessage =
  | { list: Record<string, unknown[]> }
  | { s: Uint8Array }
  | { i: number }
  | { f: number }
  | { b: boolean }
  | { type: number }
  | { shape: ShapeMessage }
  | { tensor: { dtype: number; tensorShape: ShapeMessage; tensorContent: Uint8Array } };

export interface NodeMessage {
  name: string;
  op: string;
  input: string[];
  attr: Record<string, AttrMessage>;
}

/** Tag under which the graph is saved and loaded. */
export const TAG = 'graft';

/** The version of GraphDef that TensorFlow 2.21 writes (`TF_GRAPH_DEF_VERSION`). */
const PRODUCER = 2474;

/** The bytes of a `saved_model.pb` that holds one graph and no variables. */
export function encodeSavedModel(nodes: NodeMessage[], tensorflowVersion: string): Uint8Array {
  const message = protobuf.parse(definitions).root.lookupType('SavedModel');
  const graph = { node: nodes, versions: { producer: PRODUCER } };
  const info = { tags: [TAG], tensorflowVersion };
  const saved = {
    savedModelSchemaVersion: 1,
    metaGraphs: [{ metaInfoDef: info, graphDef: graph }],
  };
  return message.encode(message.fromObject(saved)).finish();
}
