// The slots of an optimizer, by the name of their variable.

import * as tf from '@tensorflow/tfjs-core';
import { LoadedSlots, type ExpectedSlot, type SlotGroup } from './loaded-slots.js';
import type { RuleSource } from './rule-source.js';

export type NamedTensor = Awaited<ReturnType<tf.Optimizer['getWeights']>>[number];

/** What an optimizer knows of a variable. */
interface VariableState {
  readonly slots: readonly string[];
  readonly values: tf.Tensor[];
  /** Updates that the variable has had: fewer than the optimizer where it began to train later. */
  updates: number;
}

/** Slots as they were saved: without a number of updates where the variable had had all of them. */
type SavedGroup = Omit<SlotGroup, 'updates'> & { readonly updates: number | undefined };

/** Of what is saved beside the slots; no rule has a slot of that name. */
const UPDATES = 'updates';

export class SlotStore {
  /** In the order of the last step, which is the model's. */
  private readonly states = new Map<string, VariableState>();
  /** Slots that were loaded and that no variable has asked for yet. */
  private readonly loaded: LoadedSlots;
  /** Those that `entries` gave last. */
  private counts: tf.Tensor[] = [];

  /** @param made the number of updates that the optimizer has made */
  constructor(
    private readonly source: RuleSource,
    private readonly made: () => number,
  ) {
    this.loaded = new LoadedSlots((variable) => this.expected(variable));
  }

  read(variable: tf.Variable): tf.Tensor[] {
    return this.stateOf(variable).values;
  }

  named(variable: tf.Variable): Record<string, tf.Tensor> {
    const { slots, values } = this.stateOf(variable);
    return Object.fromEntries(slots.map((slot, i) => [slot, values[i] as tf.Tensor]));
  }

  /** The tensors stay the caller's. */
  write(variable: tf.Variable, values: readonly tf.Tensor[]): void {
    this.replace(
      variable,
      values.map((value) => tf.clone(value)),
    );
  }

  /** Takes the tensors over. Of a variable that had none they are what all updates so far have made. */
  replace(variable: tf.Variable, values: readonly tf.Tensor[]): void {
    const kept = values.map((value) => tf.keep(value));
    const before = this.states.get(variable.name);
    tf.dispose(before?.values ?? []);
    // The variable that trains last stands last.
    this.states.delete(variable.name);
    const { slots, updates } = before ?? { slots: this.slotsOf(variable), updates: this.made() };
    this.states.set(variable.name, { slots, values: kept, updates });
  }

  /** Updates that a variable has had. */
  updatesOf(variable: tf.Variable): number {
    return this.stateOf(variable).updates;
  }

  /** Counts an update of each. */
  count(variables: readonly tf.Variable[]): void {
    for (const variable of variables) this.stateOf(variable).updates += 1;
  }

  /** Gives variables that train together the slots that were loaded for them. */
  bind(variables: readonly tf.Variable[]): void {
    const fresh = variables.filter(({ name }) => !this.states.has(name));
    if (this.loaded.rest.length === 0 || fresh.length === 0) return;
    // Once slots are in use by name, what is left over belongs to layers that do not train now.
    const found = this.states.size > 0 ? [] : this.loaded.takeAll(fresh);
    for (const [variable, group] of found) this.keep(variable, group);
  }

  /** Names of the variables that have slots now. */
  get variables(): readonly string[] {
    return [...this.states.keys()];
  }

  /** Named `<variable>/<slot>`, and `<variable>/updates` of a variable that has had fewer than the optimizer has made. */
  entries(): NamedTensor[] {
    tf.dispose(this.counts);
    this.counts = [];
    const used = [...this.states].map(([name, state]) => ({ name, ...state }));
    return [...used, ...this.loaded.rest].flatMap(({ name, slots, values, updates }) => {
      const own = values.map((tensor, i) => ({ name: `${name}/${slots[i]}`, tensor }));
      if (slots.length === 0 || updates === this.made()) return own;
      const count = tf.keep(tf.scalar(updates, 'int32'));
      this.counts.push(count);
      return [...own, { name: `${name}/${UPDATES}`, tensor: count }];
    });
  }

  /** Entries by variable; undefined where they are not such as this optimizer has. */
  async group(entries: readonly NamedTensor[]): Promise<SavedGroup[] | undefined> {
    const lists = this.slotLists();
    const groups: SavedGroup[] = [];
    for (let i = 0; i < entries.length;) {
      const name = entries[i]?.name ?? '';
      const variable = name.slice(0, name.lastIndexOf('/'));
      const slots = lists.find((list) =>
        list.every((slot, k) => entries[i + k]?.name === `${variable}/${slot}`),
      );
      if (slots === undefined || slots.length === 0) return undefined;
      const values = entries.slice(i, (i += slots.length)).map(({ tensor }) => tensor);
      const counted = entries[i]?.name === `${variable}/${UPDATES}` ? entries[i++] : undefined;
      const [updates] = counted ? await counted.tensor.data() : [];
      if (updates !== undefined && !(Number.isInteger(updates) && updates >= 0)) return undefined;
      groups.push({ name: variable, slots, values, updates });
    }
    return groups;
  }

  /** Takes over the values of the groups, and forgets all others. */
  load(groups: readonly SavedGroup[]): void {
    const kept = groups.map(({ values, updates = this.made(), ...group }) => ({
      ...{ ...group, updates },
      values: values.map((value) => tf.keep(tf.clone(value))),
    }));
    this.dispose();
    this.loaded.replace(kept);
  }

  dispose(): void {
    tf.dispose([...this.states.values()].map(({ values }) => values));
    tf.dispose(this.counts);
    this.states.clear();
    this.counts = [];
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

  private stateOf(variable: tf.Variable): VariableState {
    const known = this.states.get(variable.name);
    if (known) return known;
    const loaded = this.loaded.take(variable);
    return this.keep(variable, loaded ?? { values: this.initial(variable), updates: 0 });
  }

  private keep(
    variable: tf.Variable,
    { values, updates }: Pick<VariableState, 'values' | 'updates'>,
  ): VariableState {
    const state = { slots: this.slotsOf(variable), values, updates };
    this.states.set(variable.name, state);
    return state;
  }

  private slotsOf(variable: tf.Variable): readonly string[] {
    return this.source.ruleOf(variable, 'update').slots;
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
