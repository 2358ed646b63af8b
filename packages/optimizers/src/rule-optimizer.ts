// What all optimizers share: slots by variable name, the rate, counting updates, saving state. A rule adds the maths.

import * as tf from '@tensorflow/tfjs-core';
import {
  invalidArgument,
  rateAt,
  type Rate,
  type RuleDrivenOptimizer,
  type UpdateRule,
} from '@graftjs/core';
import { fromConfig as scheduleFromConfig, type ScheduleConfig } from '@graftjs/schedules';
import { LoadedSlots, type SlotGroup } from './loaded-slots.js';
import { runUpdateKernel } from './kernels/update-kernel.js';
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
  /** In the order of the last update, which is the model's. */
  private readonly slots = new Map<string, tf.Tensor[]>();
  /** Slots that `setWeights` loaded and that no variable has asked for yet. */
  private readonly loaded = new LoadedSlots();

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
    const updates = named
      // tfjs passes a null gradient for a variable that the loss does not depend on.
      .filter(({ tensor }) => tensor)
      .map(({ name, tensor }) => ({ variable: registeredVariable(name), gradient: tensor }));
    this.bindLoaded(updates.map(({ variable }) => variable));
    tf.tidy(() => {
      const values = this.advance();
      let tensors: Record<string, tf.Tensor> | undefined;
      // Made once, and only where no kernel takes the numbers.
      const scalars = () => (tensors ??= mapValues(values, (value) => tf.scalar(value)));
      for (const { variable, gradient } of updates) {
        if (this.updateByKernel(variable, gradient, values)) continue;
        const all = scalars();
        tf.tidy(() => this.updateVariable(variable, gradient, all));
      }
    });
  }

  private updateByKernel(
    variable: tf.Variable,
    gradient: tf.Tensor,
    values: Record<string, number>,
  ): boolean {
    const current = this.readSlots(variable);
    const outputs = runUpdateKernel(
      this.rule,
      { weight: variable, gradient, ...this.named(current) },
      values,
    );
    if (!outputs) return false;
    const [weight, ...slots] = outputs as [tf.Tensor, ...tf.Tensor[]];
    variable.assign(weight);
    weight.dispose();
    this.slots.set(variable.name, slots.map(tf.keep));
    tf.dispose(current);
    return true;
  }

  private updateVariable(
    variable: tf.Variable,
    gradient: tf.Tensor,
    scalars: Record<string, tf.Tensor>,
  ): void {
    const slots = this.named(this.readSlots(variable));
    const next = this.rule.update(tensorAlgebra, { weight: variable, gradient, slots, scalars });
    variable.assign(next.weight as tf.Tensor);
    this.writeSlots(
      variable,
      this.rule.slots.map((slot) => next.slots[slot] as tf.Tensor),
    );
  }

  private named(slots: readonly tf.Tensor[]): Record<string, tf.Tensor> {
    return Object.fromEntries(this.rule.slots.map((slot, i) => [slot, slots[i] as tf.Tensor]));
  }

  readSlots(variable: tf.Variable): tf.Tensor[] {
    let values = this.slots.get(variable.name);
    if (values === undefined) {
      values =
        this.loaded.take(variable) ?? this.rule.slots.map(() => tf.keep(tf.zerosLike(variable)));
      this.slots.set(variable.name, values);
    }
    return values;
  }

  writeSlots(variable: tf.Variable, values: readonly tf.Tensor[]): void {
    const kept = values.map((value) => tf.keep(tf.clone(value)));
    tf.dispose(this.slots.get(variable.name) ?? []);
    this.slots.delete(variable.name);
    this.slots.set(variable.name, kept);
  }

  /**
   * `iter` first, then the slots of each variable, named `<variable>/<slot>`. As with tfjs's optimizers the slots are the
   * optimizer's own: valid until the next update, and not the caller's to dispose.
   */
  override async getWeights(): Promise<NamedTensor[]> {
    const all = [
      ...this.slots,
      ...this.loaded.rest.map(({ name, values }) => [name, values] as const),
    ];
    const named = all.flatMap(([name, values]) =>
      values.map((tensor, i) => ({ name: `${name}/${this.rule.slots[i]}`, tensor })),
    );
    return [await this.saveIterations(), ...named];
  }

  /**
   * Takes what `getWeights` gave. A variable finds its slots by name, whatever `_1` tfjs appended to make it unique; where
   * no name fits, since the layers were renamed, by order.
   *
   * @throws GraftError for anything but `iter` and the rule's slots
   */
  override async setWeights(weights: NamedTensor[]): Promise<void> {
    const [iter, ...named] = weights;
    const { slots } = this.rule;
    const expected = (i: number): string => `/${slots[i % slots.length]}`;
    if (
      iter?.name !== 'iter' ||
      named.length % Math.max(slots.length, 1) !== 0 ||
      named.some(({ name }, i) => !name.endsWith(expected(i)))
    ) {
      throw invalidArgument(
        'weights',
        `"iter" followed by the slots of each variable (${this.rule.name}: ${slots.join(', ') || 'none'})`,
        weights.map(({ name }) => name),
      );
    }
    const groups: SlotGroup[] = [];
    for (let i = 0; i < named.length; i += slots.length) {
      const group = named.slice(i, i + slots.length);
      groups.push({
        name: (group[0] as NamedTensor).name.slice(0, -expected(0).length),
        values: group.map(({ tensor }) => tf.keep(tf.clone(tensor))),
      });
    }
    await this.extractIterations([iter]);
    this.disposeSlots();
    this.loaded.replace(groups);
  }

  private bindLoaded(variables: readonly tf.Variable[]): void {
    const fresh = variables.filter(({ name }) => !this.slots.has(name));
    if (this.loaded.rest.length === 0 || fresh.length === 0) return;
    // Once slots are in use by name, what is left over belongs to layers that do not train now.
    const found = this.slots.size > 0 ? [] : this.loaded.takeAll(fresh);
    for (const [{ name }, values] of found) this.slots.set(name, values);
  }

  private disposeSlots(): void {
    tf.dispose([...this.slots.values()]);
    this.slots.clear();
    this.loaded.replace([]);
  }

  override dispose(): void {
    this.disposeSlots();
    super.dispose();
  }

  /**
   * Makes an optimizer again of what `getConfig` gave, also after JSON: the config of a schedule becomes that schedule of
   * `@graftjs/schedules`.
   *
   * @throws GraftError where the rate was a function without a config, which `getConfig` gives as null
   * @example
   * const again = Adam.fromConfig<Adam>(Adam, optimizer.getConfig());
   */
  static override fromConfig<T extends tf.serialization.Serializable>(
    cls: tf.serialization.SerializableConstructor<T>,
    config: tf.serialization.ConfigDict,
  ): T {
    return new cls('learningRate' in config ? { ...config, learningRate: rateOf(config) } : config);
  }

  /** The rate in a form that JSON holds: a schedule becomes its config. */
  protected rateConfig(): tf.serialization.ConfigDictValue {
    return (
      typeof this.rate === 'function' ? (this.rate.config ?? null) : this.rate
    ) as tf.serialization.ConfigDictValue;
  }
}

function rateOf({ learningRate }: tf.serialization.ConfigDict): Rate {
  if (typeof learningRate === 'number') return learningRate;
  if (typeof learningRate === 'object' && learningRate !== null) {
    return scheduleFromConfig(learningRate as unknown as ScheduleConfig);
  }
  const rule = 'a number or the config of a schedule; a plain function cannot be made again';
  throw invalidArgument('config.learningRate', rule, learningRate);
}

function registeredVariable(name: string): tf.Variable {
  const variable = tf.engine().registeredVariables[name];
  if (!variable) throw invalidArgument('gradients', 'named after registered variables', name);
  return variable;
}

function mapValues<A, B>(object: Record<string, A>, map: (value: A) => B): Record<string, B> {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, map(value)]));
}
