// What the translation of each operation has at hand.

import type { Activation } from '../graph/activation.js';
import type { InferenceGraph } from '../graph/graph.js';
import type { Layouts } from './layouts.js';
import type { OnnxGraph } from './onnx-graph.js';
import { activate } from './emit-activation.js';

export interface Emission {
  readonly graph: InferenceGraph;
  readonly onnx: OnnxGraph;
  readonly layouts: Layouts;
  /** Images that are flattened for dense layers alone, which take them with their channels first: their shapes. */
  readonly flattened: Map<string, readonly [height: number, width: number, channels: number]>;
}

/** The outputs of an operation that may have an activation in it. */
export interface Output {
  readonly output: string;
  readonly activation?: Activation;
}

/**
 * Names the value that a node gives, lets `make` add what makes it, and adds the activation.
 *
 * @param isFirst whether its channels are first
 */
export function giveOutput(
  { onnx, layouts }: Emission,
  { output, activation }: Output,
  isFirst: boolean,
  make: (name: string) => void,
): void {
  const name = layouts.outputName(output, isFirst);
  const before = activation ? `${name}/before_activation` : name;
  make(before);
  if (activation) activate(onnx, activation, before, name);
  layouts.give(output, isFirst);
}

/** Whether an operation on several values had better take them with their channels first. */
export function takesFirst({ layouts }: Emission, inputs: readonly string[]): boolean {
  const isImage = (name: string) => layouts.shape(name).length === 4;
  const fits = inputs.every((name) => isImage(name) || layouts.constant(name) !== undefined);
  return fits && inputs.some((name) => layouts.isFirst(name));
}

/** The values in the layout that {@link takesFirst} chose. */
export function namesOf({ layouts }: Emission, inputs: readonly string[], isFirst: boolean) {
  return inputs.map((name) => (isFirst ? layouts.first(name) : layouts.last(name)));
}
