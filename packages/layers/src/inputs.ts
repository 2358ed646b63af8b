// What tfjs-layers gives a layer: types that it does not export, and the one tensor or shape of a layer with one input.

import type { Tensor } from '@tensorflow/tfjs-core';
import type { layers } from '@tensorflow/tfjs-layers';

/** What every layer takes: `name`, `trainable`, `inputShape` and so on. */
export type LayerArgs = NonNullable<ConstructorParameters<typeof layers.Layer>[0]>;

/** What a layer is called with besides its inputs: `training`, `mask`. */
export type CallArgs = Readonly<Record<string, unknown>>;

/** Lengths; null where one is not known yet. */
export type Shape = (number | null)[];

/** tfjs-layers hands over one tensor as itself or in a list. */
export function oneTensor(inputs: Tensor | Tensor[]): Tensor {
  return (Array.isArray(inputs) ? inputs[0] : inputs) as Tensor;
}

/** As with tensors. */
export function oneShape(shapes: Shape | Shape[]): Shape {
  return (Array.isArray(shapes[0]) ? shapes[0] : shapes) as Shape;
}

/** The mask of the first input, as `call` and `computeMask` get it: by itself or in a list. */
export function firstMask(masks: unknown): Tensor | null {
  return ((Array.isArray(masks) ? (masks[0] as unknown) : masks) ?? null) as Tensor | null;
}
