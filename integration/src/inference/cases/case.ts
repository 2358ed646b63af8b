// What a case of the tests of layers is: a model, and inputs where any numbers will not do.

import type * as tf from '@tensorflow/tfjs-core';
import {
  input,
  model,
  type layers,
  type LayersModel,
  type SymbolicTensor,
} from '@tensorflow/tfjs-layers';

export interface Case {
  readonly model: LayersModel;
  /** Default: numbers by formula from −2 to 2, three examples, 8 for a length that is not known. */
  readonly inputs?: readonly tf.Tensor[];
  /** Whether the weights are as they shall be; else they are by formula. */
  readonly isFilled?: boolean;
}

/** By what they are about; each makes its layers when it is called. */
export type Cases = Readonly<Record<string, () => Case>>;

/** Layers after one another, on an input of this shape. */
export function stacked(shape: (number | null)[], all: readonly layers.Layer[]): LayersModel {
  const inputs = input({ shape });
  const outputs = all.reduce((x, layer) => layer.apply(x) as SymbolicTensor, inputs);
  return model({ inputs, outputs });
}

/** Cases that are such stacks. */
export function stacks(
  shape: (number | null)[],
  makers: Readonly<Record<string, () => readonly layers.Layer[]>>,
): Cases {
  return Object.fromEntries(
    Object.entries(makers).map(([name, make]) => [name, () => ({ model: stacked(shape, make()) })]),
  );
}

/** What a layer gives of these inputs: all outputs that it has. */
export function called(
  layer: layers.Layer,
  ...inputs: readonly SymbolicTensor[]
): [SymbolicTensor, ...SymbolicTensor[]] {
  const outputs = layer.apply(inputs.length === 1 ? (inputs[0] as SymbolicTensor) : [...inputs]);
  return [outputs].flat() as [SymbolicTensor, ...SymbolicTensor[]];
}
