// Lookahead: slow weights that now and then take a step towards the fast ones, which then go on from there.

import type { UpdateRule } from '@graftjs/core';
import type * as tf from '@tensorflow/tfjs-core';
import { invalidArgument } from '@graftjs/core';
import { RuleOptimizer } from './rule-optimizer.js';
import type { RuleSource } from './rule-source.js';
import { withoutNative } from './without-native.js';
import { checkFresh, fromInnerConfig, innerConfig } from './wrapper.js';

export interface LookaheadOptions {
  /** k, updates between two steps of the slow weights, ≥ 1; default 5. */
  syncPeriod?: number;
  /** α, the size of these steps, in [0, 1]; default 0.5. */
  slowStepSize?: number;
}

/**
 * Around any optimizer: after its k-th, 2k-th, … update of the weights w
 *
 *     s ← s + α·(w − s)        w ← s
 *
 * where s are the weights at first. s is what to evaluate and to save: see `evaluating` and `finalize`. The optimizer inside
 * keeps no state of its own; options such as `weightDecay` and `groups` are given to it.
 *
 * Source: Zhang et al. 2019, "Lookahead Optimizer: k steps forward, 1 step back".
 *
 * @throws GraftError for a period that is no positive integer, an α outside [0, 1], or an optimizer that has made updates
 * @example
 * model.compile({ optimizer: new Lookahead(new Adam()), loss: 'meanSquaredError' });
 */
export class Lookahead extends RuleOptimizer {
  static readonly className = 'GraftLookahead';

  constructor(
    private readonly optimizer: RuleOptimizer,
    { syncPeriod = 5, slowStepSize = 0.5 }: LookaheadOptions = {},
  ) {
    if (!(Number.isInteger(syncPeriod) && syncPeriod >= 1))
      throw invalidArgument('syncPeriod', 'a positive integer', syncPeriod);
    if (!(slowStepSize >= 0 && slowStepSize <= 1))
      throw invalidArgument('slowStepSize', 'a number in [0, 1]', slowStepSize);
    const own = { syncPeriod, slowStepSize };
    super(lookaheadSource(checkFresh(optimizer).source, own), optimizer.learningRate, own);
  }

  override getConfig(): tf.serialization.ConfigDict {
    const { learningRate, groups, ...own } = super.getConfig();
    const inner = innerConfig(this.optimizer);
    const config = { ...(inner.config as tf.serialization.ConfigDict), learningRate, groups };
    return { optimizer: { ...inner, config }, ...own } as tf.serialization.ConfigDict;
  }

  static override fromConfig<T extends tf.serialization.Serializable>(
    cls: tf.serialization.SerializableConstructor<T>,
    { optimizer, ...own }: tf.serialization.ConfigDict,
  ): T {
    const Wrapper = cls as unknown as new (inner: RuleOptimizer, options: LookaheadOptions) => T;
    return new Wrapper(fromInnerConfig(optimizer), own);
  }
}

function lookaheadSource(inner: RuleSource, options: Required<LookaheadOptions>): RuleSource {
  const made = new Map<UpdateRule, UpdateRule>();
  return {
    stepsPerUpdate: inner.stepsPerUpdate,
    get groups() {
      return inner.groups;
    },
    set groups(groups) {
      inner.groups = groups;
    },
    isFrozen: (variable) => inner.isFrozen(variable),
    prepareGradients: (a, variables, phase) => inner.prepareGradients(a, variables, phase),
    ruleOf(variable, phase) {
      const rule = inner.ruleOf(variable, phase);
      const found = made.get(rule) ?? withSlowWeights(rule, options, phase === 'update');
      made.set(rule, found);
      return found;
    },
  };
}

function withSlowWeights(
  rule: UpdateRule,
  { syncPeriod, slowStepSize }: Required<LookaheadOptions>,
  updates: boolean,
): UpdateRule {
  return {
    ...withoutNative(rule),
    name: `${rule.name} with Lookahead`,
    slots: [...rule.slots, 'slow'],
    initial: { ...rule.initial, slow: 'weight' },
    scalars(rate, update, age) {
      const sync = updates && update % syncPeriod === 0 ? 1 : 0;
      const own = { slowStep: slowStepSize * sync, sync, free: 1 - sync };
      return { ...rule.scalars(rate, update, age), ...own };
    },
    update<E>(...[a, inputs]: Parameters<typeof rule.update<E>>) {
      const next = rule.update(a, inputs);
      const s = inputs.scalars as Record<'slowStep' | 'sync' | 'free', E>;
      const before = inputs.slots.slow as E;
      const slow = a.add(before, a.mul(s.slowStep, a.sub(next.weight, before)));
      const weight = a.add(a.mul(s.free, next.weight), a.mul(s.sync, slow));
      return { weight, slots: { ...next.slots, slow } };
    },
    evaluationWeight: <E>(_: unknown, { slots }: { slots: Readonly<Record<string, E>> }) =>
      slots.slow as E,
  };
}
