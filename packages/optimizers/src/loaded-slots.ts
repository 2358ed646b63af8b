// Slots that were loaded from a file, and which variable each of them belongs to.

import * as tf from '@tensorflow/tfjs-core';
import { GraftError } from '@graftjs/core';

export interface SlotGroup {
  /** Of the variable, when it was saved. */
  readonly name: string;
  readonly slots: readonly string[];
  /** In the order of `slots`; kept until they are taken. */
  readonly values: tf.Tensor[];
  /** Updates that the variable had had. */
  readonly updates: number;
}

/** A slot that a variable's rule has. */
export interface ExpectedSlot {
  readonly slot: string;
  readonly shape: readonly number[];
}

type SameName = (saved: string, name: string) => boolean;

/** tfjs appends `_1` to the name of a variable that is made a second time; a reload may not. */
const sameBase: SameName = (saved, name) => base(saved) === base(name);
const sameName: SameName = (saved, name) => saved === name;

export class LoadedSlots {
  private groups: SlotGroup[] = [];

  constructor(private readonly expected: (variable: tf.Variable) => readonly ExpectedSlot[]) {}

  /** Those that nobody has taken. */
  get rest(): readonly SlotGroup[] {
    return this.groups;
  }

  replace(groups: SlotGroup[]): void {
    tf.dispose(this.groups.map(({ values }) => values));
    this.groups = groups;
  }

  /** The slots of a variable, found by name. */
  take(variable: tf.Variable): SlotGroup | undefined {
    return this.takeBy(sameName, variable) ?? this.takeBy(sameBase, variable);
  }

  /**
   * The slots of variables that train together: by name; where none of the names fits, since the layers were renamed, by
   * order.
   *
   * @throws GraftError where no name fits and the numbers differ
   */
  takeAll(variables: readonly tf.Variable[]): Map<tf.Variable, SlotGroup> {
    const found = new Map<tf.Variable, SlotGroup>();
    for (const same of [sameName, sameBase]) {
      for (const variable of variables) {
        const group = found.has(variable) ? undefined : this.takeBy(same, variable);
        if (group) found.set(variable, group);
      }
    }
    return found.size > 0 ? found : this.takeInOrder(variables);
  }

  private takeBy(same: SameName, variable: tf.Variable): SlotGroup | undefined {
    const index = this.groups.findIndex(({ name }) => same(name, variable.name));
    const group = this.groups[index];
    if (!group) return undefined;
    this.check(group, variable);
    this.groups.splice(index, 1);
    return group;
  }

  private takeInOrder(variables: readonly tf.Variable[]): Map<tf.Variable, SlotGroup> {
    if (variables.length !== this.groups.length) {
      const list = (named: readonly { name: string }[]) => named.map(({ name }) => name).join(', ');
      throw new GraftError(
        `the saved state of ${list(this.groups)} fits neither by name nor by order the variables that train: ${list(variables)}`,
      );
    }
    for (const [i, group] of this.groups.entries()) this.check(group, variables[i] as tf.Variable);
    const taken = this.groups.map((group, i) => [variables[i] as tf.Variable, group] as const);
    this.groups = [];
    return new Map(taken);
  }

  private check({ name, slots, values }: SlotGroup, variable: tf.Variable): void {
    const expected = this.expected(variable);
    const names = expected.map(({ slot }) => slot);
    if (slots.join() !== names.join()) {
      throw new GraftError(
        `the saved state of ${name} has the slots ${slots.join(', ')}; variable ${variable.name} has ${names.join(', ')}`,
      );
    }
    for (const [i, { shape }] of values.entries()) {
      const wanted = expected[i]?.shape ?? [];
      if (!tf.util.arraysEqual(shape, [...wanted])) {
        throw new GraftError(
          `the saved state of ${name} has shape [${shape}]; variable ${variable.name} has [${wanted.join()}]`,
        );
      }
    }
  }
}

function base(name: string): string {
  return name.replace(/_\d+$/, '');
}
