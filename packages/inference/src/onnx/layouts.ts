// Where the channels of images stand: last in the graph, first in ONNX. They are moved only where they must be.

import type { Constant } from '../graph/constant.js';
import type { InferenceGraph } from '../graph/graph.js';
import type { Shape } from '../graph/shape.js';
import type { OnnxGraph } from './onnx-graph.js';
import { permuted } from './permuted.js';

/** Axis i with the channels first is axis FIRST[i] with the channels last. */
const FIRST = [0, 3, 1, 2];
const LAST = [0, 2, 3, 1];

/** By its axis with the channels last, where an axis of images is with the channels first. */
export const axisWithChannelsFirst = (axis: number): number => LAST[axis] as number;

/** The names that a value has in ONNX: at least one of them. */
interface Names {
  last?: string;
  first?: string;
}

export class Layouts {
  private readonly names = new Map<string, Names>();

  constructor(
    private readonly graph: InferenceGraph,
    private readonly onnx: OnnxGraph,
  ) {
    for (const { name, dtype } of graph.inputs) {
      const last =
        dtype === 'float32' ? name : onnx.node('Cast', [name], `${name}/float`, { to: 1 });
      this.names.set(name, { last });
    }
  }

  shape(name: string): Shape {
    return this.graph.constants.get(name)?.shape ?? this.graph.shapes.get(name) ?? [];
  }

  constant(name: string): Constant | undefined {
    return this.graph.constants.get(name);
  }

  /** Whether a value is there with its channels first already. */
  isFirst(name: string): boolean {
    return this.names.get(name)?.first !== undefined;
  }

  /** A value as it is in the graph. */
  last(name: string): string {
    const constant = this.constant(name);
    if (constant) return this.onnx.weight(name, constant);
    const names = this.names.get(name) as Names;
    names.last ??= this.onnx.node('Transpose', [names.first], name, { perm: LAST });
    return names.last;
  }

  /** Images with their channels first. */
  first(name: string): string {
    const constant = this.constant(name);
    if (constant) return this.constantFirst(name, constant);
    const names = this.names.get(name) as Names;
    names.first ??= this.onnx.node('Transpose', [names.last], firstName(name), { perm: FIRST });
    return names.first;
  }

  /** Says that the value is there, under the name that {@link outputName} gave. */
  give(name: string, isFirst: boolean): void {
    this.names.set(name, isFirst ? { first: firstName(name) } : { last: name });
  }

  /** What the node that makes a value calls it. */
  outputName(name: string, isFirst: boolean): string {
    return isFirst ? firstName(name) : name;
  }

  private constantFirst(name: string, constant: Constant): string {
    if (constant.shape.length === 0) return this.onnx.weight(name, constant);
    const missing = Array<number>(4 - constant.shape.length).fill(1);
    const images = { ...constant, shape: [...missing, ...constant.shape] };
    return this.onnx.weight(firstName(name), permuted(images, FIRST));
  }
}

const firstName = (name: string) => `${name}/channels_first`;
