// The masks of merged tensors, as Keras merges them; in tfjs-layers they have a dimension too many, or fail.

import * as tf from '@tensorflow/tfjs-core';
import { layers } from '@tensorflow/tfjs-layers';

type Masks = readonly (tf.Tensor | null | undefined)[];

/** Of a sum and its kin: a step counts that counts in any of the inputs; where one input has no mask, all steps do. */
export function mergeMasks(masks: Masks): tf.Tensor | null {
  const given = masks.filter((mask) => mask != null);
  if (given.length < masks.length || given.length === 0) return null;
  return given.length === 1
    ? (given[0] as tf.Tensor)
    : tf.tidy(() => given.reduce((a, b) => tf.logicalOr(a, b)));
}

/** Of a concatenation: a step counts of which any feature does. */
function concatenateMasks(inputs: tf.Tensor[], masks: Masks, axis: number): tf.Tensor | null {
  if (masks.every((mask) => mask == null)) return null;
  return tf.tidy(() => {
    const whole = inputs.map((x, i) => {
      const mask = masks[i];
      if (!mask) return tf.ones(x.shape, 'bool');
      if (mask.rank === x.rank) return mask;
      return tf.logicalOr(tf.expandDims(mask, -1), tf.zeros(x.shape, 'bool'));
    });
    return tf.any(tf.concat(whole, axis), -1);
  });
}

interface WithMask {
  computeMask(inputs: tf.Tensor | tf.Tensor[], masks?: tf.Tensor | tf.Tensor[]): tf.Tensor | null;
}

/** Gives them to the layers of tfjs-layers that merge, those made already among them. */
export function mendMerging(): void {
  const concatenate = prototypeOf(layers.concatenate({ name: 'settings' }));
  const merge = prototypeOf(concatenate as object);
  merge.computeMask = (_, masks) => mergeMasks(Array.isArray(masks) ? masks : []);
  concatenate.computeMask = function (this: { axis?: number }, inputs, masks) {
    const list = Array.isArray(masks) ? masks : [];
    return concatenateMasks([inputs].flat(), list, this.axis ?? -1);
  };
}

function prototypeOf(object: object): WithMask {
  return Object.getPrototypeOf(object) as WithMask;
}
