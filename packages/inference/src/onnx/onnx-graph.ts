// The nodes and weights of an ONNX graph, as they are added.

import type { Constant } from '../graph/constant.js';
import {
  type AttributeMessage,
  type DataType,
  dataTypes,
  type GraphMessage,
  type NodeMessage,
} from './protocol.js';
import { asBytes, asHalves, stepsOf } from './small-kernels.js';

/** How the numbers of kernels are kept in a file. */
export type WeightFormat = 'float32' | 'float16' | 'int8';

/** An array in the file. It is read when it is written. */
export interface Initializer {
  readonly name: string;
  readonly shape: readonly number[];
  readonly dataType: DataType;
  readonly byteLength: number;
  readonly read: () => Promise<ArrayBufferView>;
}

type Attribute = number | string | readonly number[] | readonly string[] | Float | Floats | Graph;

/** A number that is a float also where it is whole. */
interface Float {
  readonly float: number;
}

export const float = (value: number): Float => ({ float: value });

/** Numbers that are floats also where they are whole. */
interface Floats {
  readonly floats: readonly number[];
}

/** Nodes that another node runs. */
interface Graph {
  readonly graph: GraphMessage;
}

export class OnnxGraph {
  readonly nodes: NodeMessage[] = [];

  constructor(
    private readonly format: WeightFormat,
    readonly initializers = new Map<string, Initializer>(),
  ) {}

  /** One for nodes that another node runs. They may take the values and weights of this one. */
  inner(): OnnxGraph {
    return new OnnxGraph(this.format, this.initializers);
  }

  /** Adds a node, and gives the name of its output. Whole numbers are ints. */
  node(
    opType: string,
    input: readonly (string | undefined)[],
    output: string,
    attributes: Readonly<Record<string, Attribute>> = {},
  ): string {
    this.nodeOf(opType, input, [output], attributes);
    return output;
  }

  /** Adds a node with several outputs; '' for one that nobody takes. */
  nodeOf(
    opType: string,
    input: readonly (string | undefined)[],
    output: readonly string[],
    attributes: Readonly<Record<string, Attribute>> = {},
  ): void {
    const attribute = Object.entries(attributes).map(([name, value]) => attributeOf(name, value));
    const names = input.map((name) => name ?? '');
    while (names.at(-1) === '') names.pop();
    const name = output.find((each) => each !== '') as string;
    this.nodes.push({ input: names, output, name, opType, attribute });
  }

  weight(name: string, { shape, read }: Constant): string {
    const byteLength = 4 * shape.reduce((a, b) => a * b, 1);
    return this.add({ name, shape, dataType: 'float32', byteLength, read });
  }

  /**
   * The weights of a layer that are most of its size, in the graph's format.
   *
   * @param axis that of its output channels
   */
  kernel(name: string, constant: Constant, axis: number): string {
    if (this.format === 'float32') return this.weight(name, constant);
    // One that is used twice is unfolded once.
    if (this.initializers.has(`${name}/${this.format}`)) return name;
    const { shape } = constant;
    const size = shape.reduce((a, b) => a * b, 1);
    const stored = { name: `${name}/${this.format}`, shape, dataType: this.format };
    if (this.format === 'float16') {
      this.add({ ...stored, byteLength: 2 * size, read: () => asHalves(name, constant) });
      return this.node('Cast', [stored.name], name, { to: dataTypes.float32 });
    }
    this.add({ ...stored, byteLength: size, read: () => asBytes(name, constant, axis) });
    const counts = this.node('Cast', [stored.name], `${name}/counts`, { to: dataTypes.float32 });
    const perChannel = shape.map((length, i) => (i === axis ? length : 1));
    const read = () => stepsOf(name, constant, axis);
    const step = this.weight(`${name}/step`, { shape: perChannel, read });
    // Not DequantizeLinear: ONNX Runtime would take that as leave to round what the layer is given, too.
    return this.node('Mul', [counts, step], name);
  }

  /** One number. */
  scalar(value: number): string {
    const read = () => Promise.resolve(Float32Array.of(value));
    return this.add({
      name: `scalar ${value}`,
      shape: [],
      dataType: 'float32',
      byteLength: 4,
      read,
    });
  }

  /** Whole numbers, as shapes, axes and the like are given. */
  integers(values: readonly number[]): string {
    const read = () => Promise.resolve(BigInt64Array.from(values, BigInt));
    const byteLength = 8 * values.length;
    const name = `integers ${values.join(' ')}`;
    return this.add({ name, shape: [values.length], dataType: 'int64', byteLength, read });
  }

  /** Floats that are settings of a node. */
  floats(values: readonly number[]): string {
    const read = () => Promise.resolve(Float32Array.from(values));
    const byteLength = 4 * values.length;
    const name = `floats ${values.join(' ')}`;
    return this.add({ name, shape: [values.length], dataType: 'float32', byteLength, read });
  }

  private add(initializer: Initializer): string {
    this.initializers.set(initializer.name, initializer);
    return initializer.name;
  }
}

function attributeOf(name: string, value: Attribute): AttributeMessage {
  if (typeof value === 'number') return { name, type: 2, i: value };
  const bytes = (text: string) => new TextEncoder().encode(text);
  if (typeof value === 'string') return { name, type: 3, s: bytes(value) };
  if ('float' in value) return { name, type: 1, f: value.float };
  if ('floats' in value) return { name, type: 6, floats: value.floats };
  if ('graph' in value) return { name, type: 5, g: value.graph };
  if (isTexts(value)) return { name, type: 8, strings: value.map(bytes) };
  return { name, type: 7, ints: value };
}

function isTexts(list: readonly number[] | readonly string[]): list is readonly string[] {
  return typeof list[0] === 'string';
}
