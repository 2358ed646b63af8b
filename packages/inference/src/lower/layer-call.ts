// One call of a layer, as its lowering sees it.

import { GraftError, type Layer } from '@graftjs/core';
import type { Constant } from '../graph/constant.js';
import type { GraphBuilder, Value } from '../graph/graph-builder.js';

/** A value, and which of its steps count, [batch, steps], 1 or 0. */
export interface Masked {
  readonly value: Value;
  readonly mask?: Value | undefined;
}

export interface LayerCall {
  readonly layer: Layer;
  /** For the values that the layer gives: its name, with those of the models around it. */
  readonly name: string;
  /** As in Keras, without the `Graft` of this project's own layers. */
  readonly className: string;
  /** Whether the layer is one of this project's, which compute as Keras does where tfjs-layers does not. */
  readonly isGraft: boolean;
  readonly config: Readonly<Record<string, unknown>>;
  readonly inputs: readonly Value[];
  /** Of the inputs that have one. */
  readonly masks: readonly (Value | undefined)[];
  readonly graph: GraphBuilder;
  /** The weight of this name, where there is one; of a layer within this one if that is given. */
  weight(name: string, of?: Layer): Constant | undefined;
  /** What a layer within this one gives, by a lowering of its own if that is given. */
  inner(layer: Layer, inputs: readonly Masked[], lowering?: Lowering): Masked[];
}

/** Puts what a layer does into the graph; a list is of its outputs. */
export type Lowering = (call: LayerCall) => Value | readonly Value[];

/** The first input. */
export function inputOf(call: LayerCall): Value {
  return call.inputs[0] as Value;
}

/** A weight that the layer always has, as a value. */
export function weightOf(call: LayerCall, name: string): Value {
  return optionalWeight(call, name) ?? cannotLower(call, `it has no weight ${name}`);
}

export function optionalWeight(call: LayerCall, name: string): Value | undefined {
  const weight = call.weight(name);
  return weight && call.graph.constant(`${call.name}/${name}`, weight);
}

/** The error for a layer that the graph has no operations for. */
export function cannotLower(
  { name, className, isGraft }: Pick<LayerCall, 'name' | 'className' | 'isGraft'>,
  reason: string,
): never {
  const ours = isGraft ? ' of @graftjs/layers' : '';
  throw new GraftError(`layer "${name}" (${className}${ours}) cannot be exported: ${reason}`);
}

/** The lengths of an input but for the batch. @throws GraftError where one of them is not known */
export function knownLengths(call: LayerCall, { shape }: Value): number[] {
  const lengths = shape.slice(1);
  if (lengths.includes(null)) cannotLower(call, 'the size of its input is not known');
  return lengths as number[];
}

/** A setting that is one number, or one for each of two dimensions. */
export function pairOf(setting: unknown): [number, number] {
  const list = typeof setting === 'number' ? [setting, setting] : (setting as number[]);
  return [list[0] as number, list[1] ?? (list[0] as number)];
}

/** A setting that is one number, or one for each of so many dimensions. */
export function listOf(setting: unknown, dimensions: number): number[] {
  const list = [setting].flat() as number[];
  return list.length === dimensions ? list : Array<number>(dimensions).fill(list[0] as number);
}
