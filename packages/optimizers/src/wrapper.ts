// What wrappers share: an optimizer inside, whose rules they take, and its place in their config.

import * as tf from '@tensorflow/tfjs-core';
import { GraftError, invalidArgument, isRuleDriven } from '@graftjs/core';
import type { RuleOptimizer } from './rule-optimizer.js';

type Config = tf.serialization.ConfigDict;

/** @throws GraftError for anything but an optimizer of this package that has made no update */
export function checkFresh(optimizer: RuleOptimizer): RuleOptimizer {
  // Not instanceof: tfjs makes it true for all optimizers.
  if (!isRuleDriven(optimizer))
    throw invalidArgument('optimizer', 'one of @graftjs/optimizers', optimizer);
  if (optimizer.iterations > 0)
    throw invalidArgument('optimizer', 'one that has made no update', optimizer.iterations);
  return optimizer;
}

/** The optimizer in a wrapper, for `getConfig`. */
export function innerConfig(optimizer: RuleOptimizer): Config {
  return { className: optimizer.getClassName(), config: optimizer.getConfig() };
}

/**
 * The optimizer that {@link innerConfig} described.
 *
 * @throws GraftError where its class was not registered with `tf.serialization`
 */
export function fromInnerConfig(value: unknown): RuleOptimizer {
  const { className, config } = value as { className: string; config: Config };
  const entry = tf.serialization.SerializationMap.getMap().classNameMap[className];
  if (!entry) {
    throw new GraftError(
      `the optimizer's class ${className} must be known: call tf.serialization.registerClass with it first`,
    );
  }
  const [cls, fromConfig] = entry;
  return fromConfig(cls, config) as RuleOptimizer;
}
