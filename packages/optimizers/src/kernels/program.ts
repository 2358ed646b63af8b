// An update rule as a list of elementwise steps, from which every backend makes its own code.

import type { Algebra, ElementwiseRule, UpdateRule } from '@graftjs/core';
import { operations, type OperationName } from './operations.js';

/** Where an operand comes from: an input tensor, a scalar of the update, or an earlier step. */
export interface Operand {
  readonly from: 'input' | 'scalar' | 'step';
  readonly index: number;
}

export interface Step {
  readonly operation: OperationName;
  readonly operands: readonly Operand[];
}

export interface Program {
  /** `weight`, `gradient`, then the slots. */
  readonly inputs: readonly string[];
  /** The new weight, then the new slots. */
  readonly outputs: readonly Operand[];
  readonly steps: readonly Step[];
  /** The scalars of the program, from those of the rule: what depends on scalars alone is computed here, in float64. */
  readonly scalars: (values: Readonly<Record<string, number>>) => number[];
  readonly scalarCount: number;
  /** Equal for programs that compute the same from the same operands. */
  readonly key: string;
}

type Node =
  | { readonly kind: 'input'; readonly index: number }
  | { readonly kind: 'scalar'; readonly evaluate: Evaluate }
  | {
      readonly kind: 'operation';
      readonly operation: OperationName;
      readonly args: readonly Node[];
    };

type Evaluate = (values: Readonly<Record<string, number>>) => number;

const programs = new WeakMap<UpdateRule, Program | 'none'>();

/** A rule uses an operation that no kernel has. */
class NoProgram extends Error {}

/**
 * The program of a rule, or undefined for one that has none: it is not elementwise, or takes powers. Equal sub-expressions
 * are computed once.
 */
export function programOf(rule: UpdateRule): Program | undefined {
  let program = programs.get(rule);
  if (!program) programs.set(rule, (program = compile(rule) ?? 'none'));
  return program === 'none' ? undefined : program;
}

function compile(rule: UpdateRule): Program | undefined {
  if (!rule.elementwise) return undefined;
  try {
    return compileElementwise(rule as ElementwiseRule);
  } catch (error) {
    if (error instanceof NoProgram) return undefined;
    throw error;
  }
}

function compileElementwise(rule: ElementwiseRule): Program {
  const build = new Builder();
  const inputs = ['weight', 'gradient', ...rule.slots];
  const [weight, gradient, ...slots] = inputs.map((_, index) => build.input(index));
  const next = rule.update(build.algebra, {
    weight: weight as Node,
    gradient: gradient as Node,
    slots: Object.fromEntries(rule.slots.map((slot, i) => [slot, slots[i] as Node])),
    // A rule names the scalars it reads; which there are is known only when it is evaluated.
    scalars: new Proxy<Record<string, Node>>({}, { get: (_, name) => build.scalar(String(name)) }),
  });
  const outputs = [next.weight, ...rule.slots.map((slot) => next.slots[slot] as Node)];
  return build.program(inputs, outputs);
}

/** Makes nodes, each once, and lists them. */
class Builder {
  private readonly nodes = new Map<string, Node>();
  private readonly ids = new Map<Node, number>();

  readonly algebra: Algebra<Node> = {
    add: (a, b) => this.apply('add', a, b),
    sub: (a, b) => this.apply('sub', a, b),
    mul: (a, b) => this.apply('mul', a, b),
    div: (a, b) => this.apply('div', a, b),
    square: (a) => this.apply('mul', a, a),
    sqrt: (a) => this.apply('sqrt', a),
    abs: (a) => this.apply('abs', a),
    sign: (a) => this.sign(a),
    maximum: (a, b) => this.apply('max', a, b),
    minimum: (a, b) => this.apply('min', a, b),
    // WebAssembly has none, and that of GPUs is coarse.
    pow() {
      throw new NoProgram();
    },
    zerosLike: () => this.constant(0),
  };

  input(index: number): Node {
    return this.once(`input ${index}`, () => ({ kind: 'input', index }));
  }

  scalar(name: string): Node {
    const evaluate: Evaluate = (values) => values[name] as number;
    return this.once(`scalar ${name}`, () => ({ kind: 'scalar', evaluate }));
  }

  private constant(value: number): Node {
    return this.once(`constant ${value}`, () => ({ kind: 'scalar', evaluate: () => value }));
  }

  /** Of operations that all backends have: after two magnifications what is not 0 is beyond ±1. Nothing overflows. */
  private sign(a: Node): Node {
    const [one, minusOne, large] = [1, -1, 2 ** 126].map((value) => this.constant(value)) as [
      Node,
      Node,
      Node,
    ];
    const clip = (node: Node) => this.apply('max', this.apply('min', node, one), minusOne);
    const magnified = (node: Node) => clip(this.apply('mul', node, large));
    return magnified(magnified(clip(a)));
  }

  private apply(operation: OperationName, ...args: Node[]): Node {
    const key = `${operation} ${args.map((node) => this.ids.get(node)).join(' ')}`;
    return this.once(key, () => {
      const scalars = args.flatMap((node) => (node.kind === 'scalar' ? [node.evaluate] : []));
      if (scalars.length < args.length) return { kind: 'operation', operation, args };
      const { evaluate } = operations[operation];
      return { kind: 'scalar', evaluate: (values) => evaluate(...scalars.map((s) => s(values))) };
    });
  }

  private once(key: string, make: () => Node): Node {
    let node = this.nodes.get(key);
    if (!node) {
      node = make();
      this.nodes.set(key, node);
      this.ids.set(node, this.ids.size);
    }
    return node;
  }

  program(inputs: readonly string[], results: readonly Node[]): Program {
    const steps: Step[] = [];
    const scalars: Evaluate[] = [];
    const placed = new Map<Node, Operand>();
    const place = (node: Node): Operand => {
      const known = placed.get(node);
      if (known) return known;
      const operand = make(node);
      placed.set(node, operand);
      return operand;
    };
    const make = (node: Node): Operand => {
      if (node.kind === 'input') return { from: 'input', index: node.index };
      if (node.kind === 'scalar') return { from: 'scalar', index: scalars.push(node.evaluate) - 1 };
      const operands = node.args.map(place);
      return { from: 'step', index: steps.push({ operation: node.operation, operands }) - 1 };
    };
    const outputs = results.map(place);
    return {
      ...{ inputs, outputs, steps },
      scalars: (values) => scalars.map((evaluate) => evaluate(values)),
      scalarCount: scalars.length,
      key: JSON.stringify([inputs.length, steps, outputs]),
    };
  }
}

/** The steps as text, for languages that write them alike: names of operands, and a statement for each step. */
export function writeSteps(
  program: Program,
  names: { input: (index: number) => string; scalar: (index: number) => string },
  declare: (name: string, value: string) => string,
): { statements: string; outputs: string[] } {
  const name = ({ from, index }: Operand): string =>
    from === 'step' ? `step${index}` : names[from](index);
  const statements = program.steps
    .map(({ operation, operands }, i) =>
      declare(
        `step${i}`,
        operations[operation].source(...(operands.map(name) as [string, string])),
      ),
    )
    .join('\n');
  return { statements, outputs: program.outputs.map(name) };
}
