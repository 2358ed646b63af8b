// The messages of an ONNX file, in protobuf's own language. Field numbers: onnx/onnx.proto3.

import protobuf from 'protobufjs';

const schema = `
  syntax = "proto3";
  message ModelProto {
    int64 ir_version = 1; string producer_name = 2; repeated OperatorSetIdProto opset_import = 8;
  }
  message OperatorSetIdProto { string domain = 1; int64 version = 2; }
  message GraphProto {
    repeated NodeProto node = 1; string name = 2; repeated ValueInfoProto input = 11; repeated ValueInfoProto output = 12;
  }
  message NodeProto {
    repeated string input = 1; repeated string output = 2; string name = 3; string op_type = 4;
    repeated AttributeProto attribute = 5;
  }
  message AttributeProto {
    string name = 1; float f = 2; int64 i = 3; bytes s = 4; GraphProto g = 6;
    repeated float floats = 7; repeated int64 ints = 8; repeated bytes strings = 9; int32 type = 20;
  }
  message TensorProto { repeated int64 dims = 1; int32 data_type = 2; string name = 8; }
  message ValueInfoProto { string name = 1; TypeProto type = 2; }
  message TypeProto { Tensor tensor_type = 1; message Tensor { int32 elem_type = 1; TensorShapeProto shape = 2; } }
  message TensorShapeProto { repeated Dimension dim = 1; message Dimension { int64 dim_value = 1; string dim_param = 2; } }
`;

/** Numbers of element types. */
export const dataTypes = { float32: 1, int8: 3, int32: 6, int64: 7, bool: 9, float16: 10 } as const;

export type DataType = keyof typeof dataTypes;

export type AttributeMessage =
  | { readonly name: string; readonly type: 1; readonly f: number }
  | { readonly name: string; readonly type: 2; readonly i: number }
  | { readonly name: string; readonly type: 3; readonly s: Uint8Array }
  | { readonly name: string; readonly type: 5; readonly g: GraphMessage }
  | { readonly name: string; readonly type: 6; readonly floats: readonly number[] }
  | { readonly name: string; readonly type: 7; readonly ints: readonly number[] }
  | { readonly name: string; readonly type: 8; readonly strings: readonly Uint8Array[] };

export interface NodeMessage {
  readonly input: readonly string[];
  readonly output: readonly string[];
  readonly name: string;
  readonly opType: string;
  readonly attribute: readonly AttributeMessage[];
}

export interface ValueInfoMessage {
  readonly name: string;
  readonly type: {
    readonly tensorType: {
      readonly elemType: number;
      readonly shape?: { readonly dim: readonly ({ dimValue: number } | { dimParam: string })[] };
    };
  };
}

/** Its weights come after it. */
export interface GraphMessage {
  readonly node: readonly NodeMessage[];
  readonly name: string;
  readonly input: readonly ValueInfoMessage[];
  readonly output: readonly ValueInfoMessage[];
}

interface Messages {
  readonly ModelProto: {
    readonly irVersion: number;
    readonly producerName: string;
    readonly opsetImport: readonly { readonly domain: string; readonly version: number }[];
  };
  readonly GraphProto: GraphMessage;
  readonly TensorProto: {
    readonly dims: readonly number[];
    readonly dataType: number;
    readonly name: string;
  };
}

/** Parsed when it is first needed: importing changes nothing. */
let root: protobuf.Root | undefined;

/** A message's bytes. Those of two messages, one after the other, are a message with the fields of both. */
export function encodeMessage<Name extends keyof Messages>(
  name: Name,
  fields: Messages[Name],
): Uint8Array {
  root ??= protobuf.parse(schema).root;
  const type = root.lookupType(name);
  return type.encode(type.fromObject(fields)).finish();
}

/** What comes before the bytes of a field that is a message or bytes. */
export function fieldHeader(field: number, length: number): Uint8Array {
  return protobuf.Writer.create()
    .uint32((field << 3) | 2)
    .uint64(length)
    .finish();
}
