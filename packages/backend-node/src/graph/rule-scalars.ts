// The scalars of all rules of a graph: one vector that is fed, and the node of each.

import type { StepInfo, UpdateRule } from '@graftjs/core';
import type { GraphBuilder } from './graph-builder.js';

export class RuleScalars {
  private readonly rules = new Map<UpdateRule, Record<string, string>>();
  private readonly feed: string;
  private readonly unpacked = 'scalars';
  private length = 0;

  constructor(
    private readonly graph: GraphBuilder,
    private readonly type: number,
  ) {
    this.feed = graph.placeholder('s', type);
  }

  /** The nodes of a rule's scalars. */
  of(rule: UpdateRule): Record<string, string> {
    let nodes = this.rules.get(rule);
    if (!nodes) {
      const names = Object.keys(rule.scalars(0, 1));
      nodes = Object.fromEntries(names.map((name) => [name, this.port(this.length++)]));
      this.rules.set(rule, nodes);
    }
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
  valuesAt({ rate, update }: StepInfo): number[] {
    return [...this.rules.keys()].flatMap((rule) => Object.values(rule.scalars(rate, update)));
  }

  private port(index: number): string {
    return index === 0 ? this.unpacked : `${this.unpacked}:${index}`;
  }
}
