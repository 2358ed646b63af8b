// The scalars of all rules of a graph: one vector that is fed, and the node of each.

import type { StepInfo, UpdateRule } from '@graftjs/core';
import type { GraphBuilder } from './graph-builder.js';

/** Nodes of a rule for variables that have had as many updates as each other. */
interface RuleNodes {
  readonly rule: UpdateRule;
  readonly age: number;
  /** The place of one of these variables among those that a step updates. */
  readonly index: number;
  readonly nodes: Record<string, string>;
}

export class RuleScalars {
  private readonly all: RuleNodes[] = [];
  private readonly feed: string;
  private readonly unpacked = 'scalars';
  private length = 0;

  constructor(
    private readonly graph: GraphBuilder,
    private readonly type: number,
  ) {
    this.feed = graph.placeholder('s', type);
  }

  /** The nodes of a rule's scalars for the variable at this place, whose update now is its `age`-th. */
  of(rule: UpdateRule, age: number, index: number): Record<string, string> {
    const known = this.all.find((each) => each.rule === rule && each.age === age);
    if (known) return known.nodes;
    const names = Object.keys(rule.scalars(0, 1, 1));
    const nodes = Object.fromEntries(names.map((name) => [name, this.port(this.length++)]));
    this.all.push({ rule, age, index, nodes });
    return nodes;
  }

  /** To be called once all rules are known; gives the placeholder. */
  close(): string {
    const { type, length } = this;
    const attr = { T: { type }, num: { i: length }, axis: { i: 0 } };
    this.graph.add('Unpack', [this.feed], attr, this.unpacked);
    return this.feed;
  }

  /** What to feed in a step. */
  valuesAt({ rate, update, ages }: StepInfo): number[] {
    return this.all.flatMap(({ rule, index }) =>
      Object.values(rule.scalars(rate, update, ages[index] as number)),
    );
  }

  private port(index: number): string {
    return index === 0 ? this.unpacked : `${this.unpacked}:${index}`;
  }
}
