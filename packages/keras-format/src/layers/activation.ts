// Activations as layers.

import { graftELU, graftReLU, graftSoftmax } from '@graftjs/layers';
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
  ReLU: entry(graftReLU, { max_value: realOrNull, negative_slope: real, threshold: real }),
  LeakyReLU: entry(layers.leakyReLU, { negative_slope: { ...real, argument: 'alpha' } }),
  ELU: entry(graftELU, { alpha: real }),
  PReLU: entry(layers.prelu, { ...weight('alpha', 'Zeros'), shared_axes: sharedAxes }),
  Softmax: entry(graftSoftmax, { axis: axes }),
};
