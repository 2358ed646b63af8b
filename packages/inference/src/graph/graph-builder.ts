// Puts a graph together: gives values their names and shapes.

import { constantOf, type Constant } from './constant.js';
import type { GraphInput, InferenceGraph } from './graph.js';
import { inferShape, type Operation } from './infer-shape.js';
import type { GraphNode } from './node.js';
import type { Shape } from './shape.js';

/** Something that a node may take. */
export interface Value {
  readonly name: string;
  readonly shape: Shape;
}

export class GraphBuilder {
  private readonly inputs: GraphInput[] = [];
  private readonly nodes: GraphNode[] = [];
  private readonly constants = new Map<string, Constant>();
  private readonly constantNames = new Map<Constant, string>();
  private readonly shapes = new Map<string, Shape>();
  private readonly names = new Set<string>();

  input(name: string, shape: Shape, dtype: GraphInput['dtype']): Value {
    const value = this.value(name, shape);
    this.inputs.push({ ...value, dtype });
    return value;
  }

  /** A constant; the same one is there once, however often it is asked for. */
  constant(name: string, constant: Constant): Value {
    const known = this.constantNames.get(constant);
    const free = known ?? this.freeName(name);
    if (known === undefined) this.constants.set(free, constant);
    this.constantNames.set(constant, free);
    return { name: free, shape: constant.shape };
  }

  /** One number. */
  scalar(name: string, value: number): Value {
    return this.constant(name, constantOf([], Float32Array.of(value)));
  }

  /** @param inputs undefined for one that there is not, at the end */
  add(name: string, { inputs, ...operation }: OperationOf<readonly (Value | undefined)[]>): Value {
    const given = inputs.filter((input) => input !== undefined);
    const node = { ...operation, inputs: given.map((input) => input.name) } as Operation;
    const shapes = given.map((input) => input.shape);
    const value = this.value(name, inferShape(node, shapes));
    // With all lengths of a reshape that can be known.
    const whole = node.op === 'reshape' ? { ...node, shape: value.shape } : node;
    this.nodes.push({ ...whole, output: value.name } as GraphNode);
    return value;
  }

  build(outputs: readonly Value[]): InferenceGraph {
    const { inputs, nodes, constants, shapes } = this;
    return { inputs, outputs: outputs.map(({ name }) => name), nodes, constants, shapes };
  }

  private value(name: string, shape: Shape): Value {
    const free = this.freeName(name);
    this.shapes.set(free, shape);
    return { name: free, shape };
  }

  private freeName(name: string): string {
    let free = name;
    for (let i = 1; this.names.has(free); i++) free = `${name}_${i}`;
    this.names.add(free);
    return free;
  }
}

/** An operation with its inputs in another form. */
type OperationOf<Inputs> = Operation extends infer Each
  ? Each extends Operation
    ? Omit<Each, 'inputs'> & { readonly inputs: Inputs }
    : never
  : never;
