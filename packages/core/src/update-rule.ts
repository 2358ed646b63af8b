// The contract of an optimizer's update rule: an expression, written once, that every backend evaluates in its own way.

/** The operations from which a rule is built. `E` is whatever a backend computes with: tensors, graph nodes, numbers. */
export interface Algebra<E> {
  add(a: E, b: E): E;
  sub(a: E, b: E): E;
  mul(a: E, b: E): E;
  div(a: E, b: E): E;
  square(a: E): E;
  sqrt(a: E): E;
}

/** What a rule reads: the weight, its gradient, its slots, and scalars computed on the host in float64. */
export interface RuleInputs<E, Slot extends string, Scalar extends string> {
  readonly weight: E;
  readonly gradient: E;
  readonly slots: Readonly<Record<Slot, E>>;
  readonly scalars: Readonly<Record<Scalar, E>>;
}

/** What a rule gives back: the new weight and the new slots. */
export interface RuleOutputs<E, Slot extends string> {
  readonly weight: E;
  readonly slots: Readonly<Record<Slot, E>>;
}

/**
 * A TensorFlow op that computes the same in place. `inputs` lists its arguments in order: `weight` and `gradient`,
 * a slot's name, or a scalar's name; `scalars` computes those scalars that only the op wants.
 */
export interface NativeUpdate {
  readonly op: string;
  readonly inputs: readonly string[];
  readonly attributes?: Readonly<Record<string, boolean>>;
  /** Slots that the op keeps multiplied by a constant. */
  readonly slotScales?: Readonly<Record<string, number>>;
}

/**
 * An elementwise update rule.
 *
 * `scalars` is evaluated on the host once a step, in float64 (1 − 0.999 in float32 is off by 1.3e-5), and takes the
 * rate and the number of this update, counted from 1.
 */
export interface UpdateRule<Slot extends string = string, Scalar extends string = string> {
  readonly name: string;
  readonly slots: readonly Slot[];
  scalars(rate: number, update: number): Record<Scalar, number>;
  update<E>(algebra: Algebra<E>, inputs: RuleInputs<E, Slot, Scalar>): RuleOutputs<E, Slot>;
  readonly tensorflow?: NativeUpdate;
}
