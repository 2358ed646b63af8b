// One call of a layer, as its lowering sees it.

import { GraftError } from '@graftjs/core';
import type { Constant } from '../graph/constant.js';
import type { GraphBuilder, Value } from '../graph/graph-builder.js';

export interface LayerCall {
  /** For the values that the layer gives: its name, with those of the models around it. */
  readonly name: string;
  /** As in Keras, without the `Graft` of this project's own layers. */
  readonly className: string;
  /** Whether the layer is one of this project's, which compute as Keras does where tfjs-layers does not. */
  readonly isGraft: boolean;
  readonly config: Readonly<Record<string, unknown>>;
  readonly inputs: readonly Value[];
  readonly graph: GraphBuilder;
  /** The weight of this name, where there is one. */
  weight(name: string): Constant | undefined;
}

/** Puts what a layer does into the graph. */
export type Lowering = (call: LayerCall) => Value;

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
export function cannotLower({ name, className, isGraft }: LayerCall, reason: string): never {
  const ours = isGraft ? ' of @graftjs/layers' : '';
  throw new GraftError(`layer "${name}" (${className}${ours}) cannot be exported: ${reason}`);
}

/** A setting that is one number, or one for each of two dimensions. */
export function pairOf(setting: unknown): [number, number] {
  const list = typeof setting === 'number' ? [setting, setting] : (setting as number[]);
  return [list[0] as number, list[1] ?? (list[0] as number)];
}

/** Refuses images with their channels first: the graph has none. */
export function needChannelsLast(call: LayerCall): void {
  const { dataFormat } = call.config;
  if (dataFormat === 'channelsFirst' || dataFormat === 'channels_first') {
    cannotLower(call, 'its channels come first');
  }
}
