// Activations as layers.

import { elu, reLU, softmax } from '@graftjs/layers';
import { layers } from '@tensorflow/tfjs-layers';
import { axes, type Field, real, realOrNull } from '../fields.js';
import { activation } from '../objects.js';
import { entry, type LayerClasses, weight } from './layer-class.js';

/** Null where none is shared, which both sides take for their default. */
const sharedAxes: Field = {
  fromKeras: (value, where) => axes.fromKeras(value ?? undefined, where),
  toKeras: (value, where) => axes.toKeras(value ?? undefined, where) ?? null,
};

export const activationLayers: LayerClasses = {
  Activation: entry(layers.activation, { activation }),
  ReLU: entry(reLU, { max_value: realOrNull, negative_slope: real, threshold: real }),
  LeakyReLU: entry(layers.leakyReLU, { negative_slope: { ...real, argument: 'alpha' } }),
  ELU: entry(elu, { alpha: real }),
  PReLU: entry(layers.prelu, { ...weight('alpha', 'Zeros'), shared_axes: sharedAxes }),
  Softmax: entry(softmax, { axis: axes }),
};
