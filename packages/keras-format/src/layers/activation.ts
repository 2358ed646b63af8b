// Activations as layers.

import { layers } from '@tensorflow/tfjs-layers';
import { type Field, only, realOrNull } from '../fields.js';
import { activation } from '../objects.js';
import { entry, type LayerClasses } from './layer-class.js';

/** tfjs has the last axis only, which its layer calls 1 where nobody chose. */
const lastAxis: Field = {
  fromKeras: (value, where) => {
    only(-1).fromKeras(value, where);
    return -1;
  },
  toKeras: () => -1,
};

export const activationLayers: LayerClasses = {
  Activation: entry(layers.activation, { activation }),
  ReLU: entry(layers.reLU, {
    max_value: realOrNull,
    negative_slope: only(0),
    threshold: only(0),
  }),
  Softmax: entry(layers.softmax, { axis: lastAxis }),
};
