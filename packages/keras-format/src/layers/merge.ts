// What makes one tensor of several.

import { layers } from '@tensorflow/tfjs-layers';
import { axis } from '../fields.js';
import { entry, type LayerClasses } from './layer-class.js';

export const mergeLayers: LayerClasses = {
  Add: entry(layers.add, {}, { takesList: true }),
  Concatenate: entry(layers.concatenate, { axis }, { takesList: true }),
};
