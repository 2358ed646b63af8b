// The contract of an optimizer's update rule: an expression, written once, that every backend evaluates in its own way.

/** The operations of elementwise rules. `E` is whatever a backend computes with: tensors, graph nodes, numbers. */
export interface Algebra<E> {
  add(a: E, b: E): E;
  sub(a: E, b: E): E;
  mul(a: E, b: E): E;
  div(a: E, b: E): E;
  square(a: E): E;
  sqrt(a: E): E;
  abs(a: E): E;
  /** −1, 0 or 1; of NaN what the backend makes of it. */
  sign(a: E): E;
  maximum(a: E, b: E): E;
  minimum(a: E, b: E): E;
  /** `base` is not negative. */
  pow(base: E, exponent: E): E;
  /** Zeros also where `a` is not finite, which no product gives. */
  zerosLike(a: E): E;
}

/** The operations of rules that look at a variable as a whole: at its norm, its rows, its products. */
export interface TensorAlgebra<E> extends Algebra<E> {
  /** A scalar that is the same in every step. */
  constant(value: number): E;
  /** Sum over the axes, which stay with length 1; over all of them, to a scalar, where none are given. */
  sum(a: E, axes?: readonly number[]): E;
  reshape(a: E, shape: readonly number[]): E;
  /** Of two matrices, either of which may be taken transposed. */
  matMul(a: E, b: E, transposeA?: boolean, transposeB?: boolean): E;
  /** `a` where the scalar `condition` is above 0, else `b`. */
  ifPositive(condition: E, a: E, b: E): E;
}

/** What a rule reads: the weight, its gradient, its slots, and scalars computed on the host in float64. */
export interface RuleInputs<E, Slot extends string, Scalar extends string> {
  readonly weight: E;
  readonly gradient: E;
  readonly slots: Readonly<Record<Slot, E>>;
  readonly scalars: Readonly<Record<Scalar, E>>;
}

/** What a rule that is not elementwise reads besides. */
export interface TensorRuleInputs<
  E,
  Slot extends string = string,
  Scalar extends string = string,
> extends RuleInputs<E, Slot, Scalar> {
  /** Of the weight. */
  readonly shape: readonly number[];
  /** The values of {@link SharedScalars}, by name. */
  readonly shared: Readonly<Record<string, E>>;
}

/** What a rule gives back: the new weight and the new slots. */
export interface RuleOutputs<E, Slot extends string> {
  readonly weight: E;
  readonly slots: Readonly<Record<Slot, E>>;
}

/**
 * A TensorFlow op that computes the same in place. `inputs` lists its arguments in order: `weight` and `gradient`,
 * `value` (the weight before the step), a slot's name, or a scalar's name.
 */
export interface NativeUpdate {
  readonly op: string;
  readonly inputs: readonly string[];
  readonly attributes?: Readonly<Record<string, boolean>>;
}

/** The ops, in order, that take the place of a rule on TensorFlow. */
export interface NativeUpdates {
  readonly ops: readonly NativeUpdate[];
  /** Slots that the ops keep multiplied by a constant. */
  readonly slotScales?: Readonly<Record<string, number>>;
  /** Slots that the ops keep with a constant added. */
  readonly slotOffsets?: Readonly<Record<string, number>>;
}

/** Scalars that are computed of each variable and combined over all of them before any is updated. */
export interface SharedScalars {
  readonly combine: Readonly<Record<string, 'sum' | 'maximum'>>;
  of<E>(algebra: TensorAlgebra<E>, inputs: Omit<TensorRuleInputs<E>, 'shared'>): Record<string, E>;
}

/**
 * An update rule.
 *
 * `scalars` is evaluated on the host once a step, in float64 (1 − 0.999 in float32 is off by 1.3e-5), and takes the
 * rate, the number of this update, and `age`: the number of it among the updates of the variable itself, both counted from
 * 1. They differ where a variable began to train later. Schedules go by the update, corrections of slots by the age.
 */
export interface UpdateRule<Slot extends string = string, Scalar extends string = string> {
  readonly name: string;
  /** True where `update` uses nothing beyond {@link Algebra} and {@link RuleInputs}: it can be one kernel. */
  readonly elementwise: boolean;
  readonly slots: readonly Slot[];
  /** What a slot holds at first: a number, or the weight; 0 where nothing is said. */
  readonly initial?: Readonly<Partial<Record<Slot, number | 'weight'>>>;
  /** The shape of a slot where it is not the weight's. */
  slotShape?(slot: Slot, shape: readonly number[]): readonly number[];
  scalars(rate: number, update: number, age: number): Record<Scalar, number>;
  readonly shared?: SharedScalars;
  update<E>(
    algebra: TensorAlgebra<E>,
    inputs: TensorRuleInputs<E, Slot, Scalar>,
  ): RuleOutputs<E, Slot>;
  /** The weight to evaluate a model with, where it is not the one that is trained. `scalars` are those of the last update. */
  evaluationWeight?<E>(
    algebra: Algebra<E>,
    inputs: Omit<RuleInputs<E, Slot, Scalar>, 'gradient'>,
  ): E;
  readonly tensorflow?: NativeUpdates;
}

/** A rule of which every value of the weight and the slots depends on the values at its own place only. */
export interface ElementwiseRule<
  Slot extends string = string,
  Scalar extends string = string,
> extends UpdateRule<Slot, Scalar> {
  readonly elementwise: true;
  update<E>(algebra: Algebra<E>, inputs: RuleInputs<E, Slot, Scalar>): RuleOutputs<E, Slot>;
}
