// What all optimizers share: slots by variable name, the rate, counting updates, saving state. A rule adds the maths.

import * as tf from '@tensorflow/tfjs-core';
import {
  GraftError,
  invalidArgument,
  rateAt,
  type Rate,
  type RuleDrivenOptimizer,
  type UpdateRule,
} from '@graftjs/core';
import { tensorAlgebra } from './tensor-algebra.js';

type NamedTensor = Awaited<ReturnType<tf.Optimizer['getWeights']>>[number];
type Gradients = tf.NamedTensorMap | NamedTensor[];

/**
 * A `tf.Optimizer` driven by an update rule; stock `model.compile` takes it.
 *
 * Slots are keyed by variable name, so layers may be unfrozen and the model compiled again with the same optimizer:
 * what has trained before keeps its moments, what is new starts from zeros (tensorflow/tfjs #4290).
 */
export abstract class RuleOptimizer extends tf.Optimizer implements RuleDrivenOptimizer {
  private readonly slots = new Map<string, tf.Tensor[]>();
  /** Slots loaded by `setWeights`, bound to variables by name or, where a reload renamed these, in order. */
  private loaded: { prefix: string; values: tf.Tensor[] }[] = [];

  constructor(
    readonly rule: UpdateRule,
    private rate: Rate,
  ) {
    super();
    rateAt(rate, 0);
  }

  /** The rate of the next update: a number, or a schedule over the updates made so far. */
  get learningRate(): Rate {
    return this.rate;
  }

  set learningRate(rate: Rate) {
    rateAt(rate, this.iterations);
    this.rate = rate;
  }

  advance(): Record<string, number> {
    const done = this.iterations;
    const scalars = this.rule.scalars(rateAt(this.rate, done), done + 1);
    this.incrementIterations();
    return scalars;
  }

  override applyGradients(gradients: Gradients): void {
    const named = Array.isArray(gradients)
      ? gradients
      : Object.entries(gradients).map(([name, tensor]) => ({ name, tensor }));
    tf.tidy(() => {
      const scalars = mapValues(this.advance(), (value) => tf.scalar(value));
      for (const { name, tensor } of named) {
        // tfjs passes a null gradient for a variable that the loss does not depend on.
        if (tensor) tf.tidy(() => this.updateVariable(registeredVariable(name), tensor, scalars));
      }
    });
  }

  private updateVariable(
    variable: tf.Variable,
    gradient: tf.Tensor,
    scalars: Record<string, tf.Tensor>,
  ): void {
    const values = this.readSlots(variable);
    const slots = Object.fromEntries(
      this.rule.slots.map((slot, i) => [slot, values[i] as tf.Tensor]),
    );
    const next = this.rule.update(tensorAlgebra, { weight: variable, gradient, slots, scalars });
    variable.assign(next.weight as tf.Tensor);
    this.writeSlots(
      variable,
      this.rule.slots.map((slot) => next.slots[slot] as tf.Tensor),
    );
  }

  readSlots(variable: tf.Variable): tf.Tensor[] {
    let values = this.slots.get(variable.name);
    if (values === undefined) {
      values =
        this.takeLoaded(variable) ?? this.rule.slots.map(() => tf.keep(tf.zerosLike(variable)));
      this.slots.set(variable.name, values);
    }
    return values;
  }

  writeSlots(variable: tf.Variable, values: readonly tf.Tensor[]): void {
    const kept = values.map((value) => tf.keep(tf.clone(value)));
    tf.dispose(this.slots.get(variable.name) ?? []);
    this.slots.set(variable.name, kept);
  }

  /** `iter` first, then the slots of each variable, named `<variable>/<slot>`. */
  override async getWeights(): Promise<NamedTensor[]> {
    const named = [...this.slots].flatMap(([name, values]) =>
      values.map((tensor, i) => ({ name: `${name}/${this.rule.slots[i]}`, tensor })),
    );
    return [await this.saveIterations(), ...named];
  }

  override async setWeights(weights: NamedTensor[]): Promise<void> {
    const named = await this.extractIterations(weights);
    const count = this.rule.slots.length;
    if (count === 0 ? named.length > 0 : named.length % count !== 0) {
      throw invalidArgument(
        'weights',
        `"iter" followed by ${count} slot(s) per variable (${this.rule.name})`,
        named.map(({ name }) => name),
      );
    }
    this.disposeSlots();
    for (let i = 0; i < named.length; i += count) {
      const group = named.slice(i, i + count);
      this.loaded.push({
        prefix: (group[0] as NamedTensor).name.replace(/\/[^/]*$/, ''),
        values: group.map(({ tensor }) => tf.keep(tf.clone(tensor))),
      });
    }
  }

  private takeLoaded(variable: tf.Variable): tf.Tensor[] | undefined {
    const known = tf.engine().registeredVariables;
    const renamed = this.loaded.some(({ prefix }) => !(prefix in known));
    const index = renamed ? 0 : this.loaded.findIndex(({ prefix }) => prefix === variable.name);
    const found = index < 0 ? undefined : this.loaded.splice(index, 1)[0];
    if (found === undefined) return undefined;
    const { prefix, values } = found;
    for (const value of values) {
      if (!tf.util.arraysEqual(value.shape, variable.shape)) {
        throw new GraftError(
          `the saved state of ${prefix} has shape [${value.shape}]; variable ${variable.name} has [${variable.shape}]`,
        );
      }
    }
    return values;
  }

  private disposeSlots(): void {
    tf.dispose([...this.slots.values(), ...this.loaded.map(({ values }) => values)]);
    this.slots.clear();
    this.loaded = [];
  }

  override dispose(): void {
    this.disposeSlots();
    super.dispose();
  }

  /** The rate in a form that JSON holds: a schedule becomes its config. */
  protected rateConfig(): tf.serialization.ConfigDictValue {
    return (
      typeof this.rate === 'function' ? (this.rate.config ?? null) : this.rate
    ) as tf.serialization.ConfigDictValue;
  }
}

function registeredVariable(name: string): tf.Variable {
  const variable = tf.engine().registeredVariables[name];
  if (!variable) throw invalidArgument('gradients', 'named after registered variables', name);
  return variable;
}

function mapValues<A, B>(object: Record<string, A>, map: (value: A) => B): Record<string, B> {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, map(value)]));
}
