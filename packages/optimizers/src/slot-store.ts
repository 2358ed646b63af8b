// The slots of an optimizer, by the name of their variable.

import * as tf from '@tensorflow/tfjs-core';
import { LoadedSlots, type ExpectedSlot, type SlotGroup } from './loaded-slots.js';
import type { RuleSource } from './rule-source.js';

export type NamedTensor = Awaited<ReturnType<tf.Optimizer['getWeights']>>[number];

export class SlotStore {
  /** In the order of the last step, which is the model's. */
  private readonly values = new Map<string, tf.Tensor[]>();
  private readonly slotNames = new Map<string, readonly string[]>();
  /** Slots that were loaded and that no variable has asked for yet. */
  private readonly loaded: LoadedSlots;

  constructor(private readonly source: RuleSource) {
    this.loaded = new LoadedSlots((variable) => this.expected(variable));
  }

  read(variable: tf.Variable): tf.Tensor[] {
    const values = this.values.get(variable.name) ?? this.loaded.take(variable);
    return this.keep(variable, values ?? this.initial(variable));
  }

  named(variable: tf.Variable): Record<string, tf.Tensor> {
    const values = this.read(variable);
    const { slots } = this.source.ruleOf(variable, 'update');
    return Object.fromEntries(slots.map((slot, i) => [slot, values[i] as tf.Tensor]));
  }

  /** The tensors stay the caller's. */
  write(variable: tf.Variable, values: readonly tf.Tensor[]): void {
    this.replace(
      variable,
      values.map((value) => tf.clone(value)),
    );
  }

  /** Takes the tensors over. */
  replace(variable: tf.Variable, values: readonly tf.Tensor[]): void {
    const kept = values.map((value) => tf.keep(value));
    tf.dispose(this.values.get(variable.name) ?? []);
    this.values.delete(variable.name);
    this.keep(variable, kept);
  }

  /** Gives variables that train together the slots that were loaded for them. */
  bind(variables: readonly tf.Variable[]): void {
    const fresh = variables.filter(({ name }) => !this.values.has(name));
    if (this.loaded.rest.length === 0 || fresh.length === 0) return;
    // Once slots are in use by name, what is left over belongs to layers that do not train now.
    const found = this.values.size > 0 ? [] : this.loaded.takeAll(fresh);
    for (const [variable, values] of found) this.keep(variable, values);
  }

  /** Names of the variables that have slots now. */
  get variables(): readonly string[] {
    return [...this.values.keys()];
  }

  /** Named `<variable>/<slot>`. */
  entries(): NamedTensor[] {
    const used = [...this.values].map(([name, values]) => ({
      ...{ name, values },
      slots: this.slotNames.get(name) ?? [],
    }));
    return [...used, ...this.loaded.rest].flatMap(({ name, slots, values }) =>
      values.map((tensor, i) => ({ name: `${name}/${slots[i]}`, tensor })),
    );
  }

  /** Entries by variable; undefined where they are not such as this optimizer has. */
  group(entries: readonly NamedTensor[]): SlotGroup[] | undefined {
    const lists = this.slotLists();
    const groups: SlotGroup[] = [];
    for (let i = 0; i < entries.length;) {
      const name = entries[i]?.name ?? '';
      const variable = name.slice(0, name.lastIndexOf('/'));
      const slots = lists.find((list) =>
        list.every((slot, k) => entries[i + k]?.name === `${variable}/${slot}`),
      );
      if (slots === undefined || slots.length === 0) return undefined;
      const values = entries.slice(i, (i += slots.length)).map(({ tensor }) => tensor);
      groups.push({ name: variable, slots, values });
    }
    return groups;
  }

  /** Takes over the values of the groups, and forgets all others. */
  load(groups: readonly SlotGroup[]): void {
    const kept = groups.map(({ values, ...group }) => ({
      ...group,
      values: values.map((value) => tf.keep(tf.clone(value))),
    }));
    this.dispose();
    this.loaded.replace(kept);
  }

  dispose(): void {
    tf.dispose([...this.values.values()]);
    this.values.clear();
    this.loaded.replace([]);
  }

  /** For errors: the rule, and its slots. */
  get description(): string {
    const { name } = this.source.ruleOf({ name: '', shape: [] }, 'update');
    const lists = this.slotLists().map((list) => list.join(', ') || 'none');
    return `${name}: ${lists.join('; or ')}`;
  }

  /** The lists of slots that variables may have: matrices may have other ones than vectors. Longer ones first. */
  private slotLists(): (readonly string[])[] {
    const lists = [[1], [1, 1]].map(
      (shape) => this.source.ruleOf({ name: '', shape }, 'update').slots,
    );
    const unique = new Map(lists.map((list) => [list.join(), list]));
    return [...unique.values()].sort((a, b) => b.length - a.length);
  }

  private keep(variable: tf.Variable, values: tf.Tensor[]): tf.Tensor[] {
    this.values.set(variable.name, values);
    this.slotNames.set(variable.name, this.source.ruleOf(variable, 'update').slots);
    return values;
  }

  private initial(variable: tf.Variable): tf.Tensor[] {
    const { initial } = this.source.ruleOf(variable, 'update');
    return this.expected(variable).map(({ slot, shape }) => {
      const value = initial?.[slot] ?? 0;
      return tf.keep(
        value === 'weight' ? tf.clone<tf.Tensor>(variable) : tf.fill([...shape], value),
      );
    });
  }

  private expected(variable: tf.Variable): ExpectedSlot[] {
    const rule = this.source.ruleOf(variable, 'update');
    const shapeOf = (slot: string) => rule.slotShape?.(slot, variable.shape) ?? variable.shape;
    return rule.slots.map((slot) => ({ slot, shape: shapeOf(slot) }));
  }
}
