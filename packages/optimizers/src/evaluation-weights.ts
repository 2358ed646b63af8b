// The weights to evaluate a model with, where an optimizer keeps such beside those that it trains.

import * as tf from '@tensorflow/tfjs-core';
import type { RuleSource } from './rule-source.js';
import type { SlotStore } from './slot-store.js';
import { tensorAlgebra } from './tensor-algebra.js';

export interface Weight {
  /** Of its variable. */
  readonly name: string;
  readonly tensor: tf.Tensor;
}

/** They are the caller's; variables that have none are left out. `step` is the last one. */
export function evaluationWeights(
  source: RuleSource,
  slots: SlotStore,
  { rate, update }: { readonly rate: number; readonly update: number },
): Weight[] {
  return slots.variables.flatMap((name) => {
    const variable = tf.engine().registeredVariables[name];
    const rule = variable && source.ruleOf(variable, 'update');
    if (!variable || !rule?.evaluationWeight) return [];
    // Before the first update there is none.
    const age = Math.max(slots.updatesOf(variable), 1);
    const tensor = tf.tidy(() => {
      const scalars = Object.fromEntries(
        Object.entries(rule.scalars(rate, update, age)).map(([key, value]) => [
          key,
          tf.scalar(value),
        ]),
      );
      const inputs = { weight: variable as tf.Tensor, slots: slots.named(variable), scalars };
      return tf.clone(rule.evaluationWeight?.(tensorAlgebra, inputs) as tf.Tensor);
    });
    return [{ name, tensor }];
  });
}

/** Puts weights into their variables, and gives what was there, the caller's. Uses the given tensors up. */
export function exchange(weights: readonly Weight[]): Weight[] {
  return weights.flatMap(({ name, tensor }) => {
    const variable = tf.engine().registeredVariables[name];
    if (!variable) {
      tensor.dispose();
      return [];
    }
    const before = tf.clone<tf.Tensor>(variable);
    variable.assign(tensor);
    tensor.dispose();
    return [{ name, tensor: before }];
  });
}

export function disposeWeights(weights: readonly Weight[]): void {
  tf.dispose(weights.map(({ tensor }) => tensor));
}
