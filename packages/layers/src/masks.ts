// Masks as Keras hands them on: with the tensors. tfjs-layers gives a layer the mask of its first input only, keeps on
// giving it to layers that have none, and loses it at the border of a model within a model.

import * as tf from '@tensorflow/tfjs-core';
import { layers } from '@tensorflow/tfjs-layers';
import type { CallArgs } from './inputs.js';
import { mendMerging } from './merge-masks.js';

type Layer = layers.Layer;
type Apply = Layer['apply'];
type Mask = tf.Tensor | null;

let isMended = false;

/** Layers of tfjs-layers that hand masks on in Keras. */
const handOn = new Set(['LeakyReLU', 'Rescaling']);

/** What a layer with several inputs is told of their masks, one for each. */
export function masksOf({ masks, mask }: CallArgs, inputs: readonly tf.Tensor[]): Mask[] {
  const given = (masks ?? mask ?? []) as Mask | Mask[];
  return inputs.map((_, i) => [given].flat()[i] ?? null);
}

/**
 * Changes tfjs-layers so that a layer is called with the masks of its own inputs: with that of the first as `mask`, with
 * all of them as `masks`. What a layer or a model gives has its mask as `kerasMask`, which goes when it is disposed.
 * Once is enough.
 */
export function mendMasks(): void {
  if (isMended) return;
  isMended = true;
  const { prototype } = layers.Layer;
  const apply = Reflect.get(prototype, 'apply') as Apply;
  prototype.apply = function (this: Layer, inputs, kwargs) {
    if (handOn.has(this.getClassName())) this.supportsMasking = true;
    const list = [inputs].flat();
    if (!list.every((x) => x instanceof tf.Tensor)) return apply.call(this, inputs, kwargs);
    const run = 'layers' in this ? runModel : runLayer;
    return run(this, list, kwargs ?? {}, (rest) => apply.call(this, inputs, rest));
  };
  // It would take the mask from an input that a layer gives out unchanged.
  Reflect.set(prototype, 'setMaskMetadata', () => undefined);
  mendMerging();
}

type Run = (
  layer: Layer,
  inputs: tf.Tensor[],
  kwargs: CallArgs,
  apply: (kwargs: Parameters<Apply>[1]) => ReturnType<Apply>,
) => ReturnType<Apply>;

const runLayer: Run = (layer, inputs, kwargs, apply) => {
  const masks = gather(inputs, kwargs);
  const isMasked = masks.some((mask) => mask !== null);
  const outputs = apply(isMasked ? { ...kwargs, mask: masks[0], masks } : kwargs);
  // tfjs-layers would give it to the layers that follow, too.
  if (maskOf(inputs[0])) Reflect.deleteProperty(kwargs, 'mask');
  const list = [outputs].flat() as tf.Tensor[];
  tf.tidy(() => {
    // None of the layers of tfjs-layers minds that one of several masks is missing.
    const given = isMasked ? (masks as tf.Tensor[]) : undefined;
    attach(list, layer.supportsMasking ? [layer.computeMask(inputs, given)].flat() : []);
  });
  return outputs;
};

/** What leaves the model has its mask from the layer there. */
const runModel: Run = (_, inputs, { mask, masks, ...kwargs }, apply) => {
  const bare = inputs.filter((x) => maskOf(x) === null);
  const given = gather(inputs, { mask, masks });
  attach(
    bare,
    bare.map((x) => given[inputs.indexOf(x)]),
  );
  try {
    return apply(kwargs);
  } finally {
    attach(bare, []);
  }
};

/** The mask that came with a tensor. */
function maskOf(x: tf.Tensor | undefined): Mask {
  return x?.kerasMask ?? null;
}

/** The masks of a layer's inputs; those given in the call are for inputs that bring none. */
function gather(inputs: readonly tf.Tensor[], kwargs: CallArgs): Mask[] {
  const given = masksOf(kwargs, inputs);
  return inputs.map((x, i) => maskOf(x) ?? given[i] ?? null);
}

/** A tensor disposes the mask that it has, so each has one of its own, whatever tidy they are in. */
function attach(tensors: readonly tf.Tensor[], masks: readonly (Mask | undefined)[]): void {
  for (const [i, x] of tensors.entries()) {
    x.kerasMask?.dispose();
    delete x.kerasMask;
    const mask = masks[i];
    if (mask) x.kerasMask = tf.keep(tf.clone(mask));
  }
}
