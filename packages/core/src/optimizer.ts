// The contract between an optimizer that is driven by rules and whoever runs its updates.

import type { Optimizer, Tensor, Variable } from '@tensorflow/tfjs-core';
import type { Rate } from './schedule.js';
import type { TensorAlgebra, UpdateRule } from './update-rule.js';

/** What an optimizer knows a variable by; a `tf.Variable` is one. */
export interface VariableInfo {
  readonly name: string;
  readonly shape: readonly number[];
}

/** A step either updates, or only adds its gradients to those that a later one will use. */
export type StepPhase = 'update' | 'accumulate';

/** What the host knows of a step; the arguments of a rule's `scalars`. */
export interface StepInfo {
  readonly phase: StepPhase;
  readonly rate: number;
  /** Counted from 1. */
  readonly update: number;
  /** The number of this update among those of each variable, in their order. */
  readonly ages: readonly number[];
}

/** A variable that a step updates, in any algebra. */
export interface VariableStep<E> {
  readonly rule: UpdateRule;
  readonly shape: readonly number[];
  readonly weight: E;
  readonly gradient: E;
  readonly slots: Readonly<Record<string, E>>;
  /** Of the rule. */
  readonly scalars: Readonly<Record<string, E>>;
}

/**
 * A `tf.Optimizer` whose updates are {@link UpdateRule}s. A compiled training step evaluates the rules itself, in its own
 * memory, and hands the slots back through `writeSlots`. A step is: the gradients by `computeGradients`, then
 * `prepareGradients`, then the rule of each variable.
 */
export interface RuleDrivenOptimizer extends Optimizer {
  learningRate: Rate;
  /** The phases that steps go through: one, or two where gradients are accumulated. */
  readonly phases: readonly StepPhase[];
  /**
   * The rule of a variable: the same object for all that are updated alike, and with the same slots in every phase.
   * Undefined for a variable that is to be left as it is.
   */
  ruleFor(variable: VariableInfo, phase: StepPhase): UpdateRule | undefined;
  /** What the next step is, if these are the variables that it updates. */
  nextStep(variables: readonly Variable[]): StepInfo;
  /** Counts a step of these variables, once all that it needs of the host is there. */
  advance(variables: readonly Variable[]): void;
  /** The gradients that the rules of a phase take: of all variables at once, since a norm may go over all. */
  prepareGradients<E>(
    algebra: TensorAlgebra<E>,
    variables: readonly VariableStep<E>[],
    phase: StepPhase,
  ): readonly E[];
  /** The names of a variable's slots, also of one that is left as it is. */
  slotsOf(variable: VariableInfo): readonly string[];
  /** The slots of a variable, in the order of their names; made anew where there are none yet. */
  readSlots(variable: Variable): Tensor[];
  /** Takes over the values (and leaves the tensors to the caller). */
  writeSlots(variable: Variable, values: readonly Tensor[]): void;
  /** Puts the weights that are to be evaluated and saved (a moving average, say) into the variables, at the end of training. */
  finalize(): void;
}

/** True for the optimizers of Graft, false for those of tfjs-core. */
export function isRuleDriven(optimizer: Optimizer): optimizer is RuleDrivenOptimizer {
  return 'advance' in optimizer;
}

/** The values of the rules' {@link SharedScalars}, combined over all variables. */
export function sharedScalars<E>(
  algebra: TensorAlgebra<E>,
  variables: readonly VariableStep<E>[],
): Record<string, E> {
  const combined: Record<string, E> = {};
  for (const { rule, ...inputs } of variables) {
    for (const [name, value] of Object.entries(rule.shared?.of(algebra, inputs) ?? {})) {
      const before = combined[name];
      const combine = rule.shared?.combine[name] === 'maximum' ? algebra.maximum : algebra.add;
      combined[name] = before === undefined ? value : combine(before, value);
    }
  }
  return combined;
}
