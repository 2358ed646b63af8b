// A graph while it is rewritten: who makes a value, who takes it.

import type { Constant } from '../graph/constant.js';
import type { InferenceGraph } from '../graph/graph.js';
import type { GraphNode } from '../graph/node.js';
import type { Shape } from '../graph/shape.js';

export class WorkingGraph {
  private readonly makers = new Map<string, GraphNode>();
  private readonly takers = new Map<string, Set<string>>();
  private readonly constants: Map<string, Constant>;
  private readonly shapes: Map<string, Shape>;

  constructor(private readonly graph: InferenceGraph) {
    this.constants = new Map(graph.constants);
    this.shapes = new Map(graph.shapes);
    for (const node of graph.nodes) this.link(node);
  }

  /** In the order in which they were; a node that is gone by now is left out. */
  *nodes(): Generator<GraphNode> {
    for (const { output } of this.graph.nodes) {
      const node = this.makers.get(output);
      if (node) yield node;
    }
  }

  shape(name: string): Shape {
    return this.shapes.get(name) ?? [];
  }

  setShape(name: string, shape: Shape): void {
    this.shapes.set(name, shape);
  }

  maker(name: string): GraphNode | undefined {
    return this.makers.get(name);
  }

  constant(name: string | undefined): Constant | undefined {
    return name === undefined ? undefined : this.constants.get(name);
  }

  /** Adds a constant under the name, or one like it. */
  addConstant(name: string, constant: Constant): string {
    let free = name;
    for (let i = 1; this.constants.has(free) || this.shapes.has(free); i++) {
      free = `${name}_${i}`;
    }
    this.constants.set(free, constant);
    return free;
  }

  /** The one node that takes a value; undefined where there are more, none, or the value is one of the graph's outputs. */
  onlyTaker(name: string): GraphNode | undefined {
    const takers = this.takers.get(name);
    if (takers?.size !== 1 || this.graph.outputs.includes(name)) return undefined;
    return this.makers.get([...takers][0] as string);
  }

  /** Puts a node in the place of the one with its output. */
  replace(node: GraphNode): void {
    this.unlink(this.makers.get(node.output));
    this.link(node);
  }

  remove({ output }: GraphNode): void {
    this.unlink(this.makers.get(output));
    this.makers.delete(output);
  }

  /** Removes what nobody takes; gives the names of what is taken. */
  prune(): ReadonlySet<string> {
    const used = new Set(this.graph.outputs);
    for (const node of [...this.nodes()].reverse()) {
      if (used.has(node.output)) for (const input of node.inputs) used.add(input);
      else this.remove(node);
    }
    return used;
  }

  /** With the values and constants that are still taken. */
  finish(): InferenceGraph {
    const used = this.prune();
    const { inputs, outputs } = this.graph;
    const kept = new Set([...inputs.map(({ name }) => name), ...used]);
    return {
      ...{ inputs, outputs },
      nodes: [...this.nodes()],
      constants: filtered(this.constants, used),
      shapes: filtered(this.shapes, kept),
    };
  }

  private link(node: GraphNode): void {
    this.makers.set(node.output, node);
    for (const input of node.inputs) {
      const takers = this.takers.get(input) ?? new Set();
      this.takers.set(input, takers.add(node.output));
    }
  }

  private unlink(node: GraphNode | undefined): void {
    for (const input of node?.inputs ?? [])
      this.takers.get(input)?.delete((node as GraphNode).output);
  }
}

function filtered<Value>(map: ReadonlyMap<string, Value>, names: ReadonlySet<string>) {
  return new Map([...map].filter(([name]) => names.has(name)));
}
