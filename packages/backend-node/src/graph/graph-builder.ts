// Builds a TensorFlow graph node by node. A value is named as TensorFlow names it: `node`, or `node:port`.

import type { Attribute, Binding } from '../node-backend.js';
import { foldPadding } from './fold-padding.js';
import { pointwiseProducts } from './pointwise-products.js';
import type { HostConstant, Recording, Source } from './recording.js';
import type { AttrMessage, NodeMessage, ShapeMessage } from './protocol.js';

export class GraphBuilder {
  readonly nodes: NodeMessage[] = [];

  constructor(private readonly binding: Binding) {}

  /** Adds a node; an input `^node` only makes it wait. */
  add(op: string, input: string[], attr: Record<string, AttrMessage>, name?: string): string {
    const unique = name ?? `${op}_${this.nodes.length}`;
    this.nodes.push({ name: unique, op, input, attr });
    return unique;
  }

  placeholder(name: string, dtype: number): string {
    return this.add('Placeholder', [], { dtype: { type: dtype } }, name);
  }

  constant({ shape, dtype, values }: HostConstant): string {
    const size = shape.reduce((product, length) => product * length, 1);
    if (values.length < size) {
      const { TF_INT32 } = this.binding;
      const dims = this.constant({ shape: [shape.length], dtype: TF_INT32, values: shape });
      const value = this.constant({ shape: [], dtype, values });
      const types = { T: { type: dtype }, index_type: { type: TF_INT32 } };
      return this.add('Fill', [dims, value], types);
    }
    const tensorContent = this.contentOf(dtype, values);
    const tensor = { dtype, tensorShape: shapeMessage(shape), tensorContent };
    return this.add('Const', [], { dtype: { type: dtype }, value: { tensor } });
  }

  /** A float32 value times a constant. */
  scale(value: string, factor: number, type: number): string {
    if (factor === 1) return value;
    const constant = this.constant({ shape: [], dtype: type, values: [factor] });
    return this.add('Mul', [value, constant], { T: { type } });
  }

  /** A float32 value plus a constant. */
  plus(value: string, term: number, type: number): string {
    if (term === 0) return value;
    const constant = this.constant({ shape: [], dtype: type, values: [term] });
    return this.add('AddV2', [value, constant], { T: { type } });
  }

  /** Puts what the ops of a recording compute into the graph, and gives the names of its outputs. */
  inline(recording: Recording, inputs: readonly string[]): string[] {
    const { ops, outputs } = pointwiseProducts(foldPadding(recording), this.binding);
    const names: string[] = [];
    const constants = new Map<HostConstant, string>();
    const nameOf = (source: Source): string => {
      if (source.kind === 'input') return inputs[source.index] as string;
      if (source.kind === 'op') {
        const node = names[source.index] as string;
        return source.port === 0 ? node : `${node}:${source.port}`;
      }
      const name = constants.get(source.constant) ?? this.constant(source.constant);
      constants.set(source.constant, name);
      return name;
    };
    for (const { op, attributes, inputs: sources } of ops) {
      const attr = Object.fromEntries(attributes.map((a) => [a.name, this.attribute(a)]));
      names.push(this.add(op, sources.map(nameOf), attr));
    }
    return outputs.map(nameOf);
  }

  private attribute({ name, type, value }: Attribute): AttrMessage {
    if (type === this.binding.TF_ATTR_SHAPE) return { shape: shapeMessage(value as number[]) };
    const field = this.fieldOf(type, name);
    const convert = (v: unknown) => (field === 's' ? new TextEncoder().encode(v as string) : v);
    return Array.isArray(value)
      ? { list: { [field]: value.map(convert) } }
      : ({ [field]: convert(value) } as AttrMessage);
  }

  private fieldOf(type: number, name: string): 's' | 'i' | 'f' | 'b' | 'type' {
    const { binding } = this;
    switch (type) {
      case binding.TF_ATTR_STRING:
        return 's';
      case binding.TF_ATTR_INT:
        return 'i';
      case binding.TF_ATTR_FLOAT:
        return 'f';
      case binding.TF_ATTR_BOOL:
        return 'b';
      case binding.TF_ATTR_TYPE:
        return 'type';
      default:
        throw new NotAGraph(`attribute ${name} has a type (${type}) that a graph cannot hold`);
    }
  }

  private contentOf(dtype: number, values: HostConstant['values']): Uint8Array {
    const { binding } = this;
    const numbers = values as ArrayLike<number>;
    // TensorProto's tensor_content is little-endian, as is every platform that TensorFlow's wheels are made for.
    const bytes = (array: ArrayBufferView) =>
      new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
    switch (dtype) {
      case binding.TF_FLOAT:
        return bytes(Float32Array.from(numbers));
      case binding.TF_INT32:
        return bytes(Int32Array.from(numbers));
      case binding.TF_BOOL:
        return Uint8Array.from(numbers, Number);
      default:
        throw new NotAGraph(`a constant has a dtype (${dtype}) that is not float32, int32 or bool`);
    }
  }
}

/** Something that cannot be part of a graph; the step then runs op by op. */
export class NotAGraph extends Error {}

export function shapeMessage(shape: readonly number[]): ShapeMessage {
  return { dim: shape.map((size) => ({ size })) };
}
