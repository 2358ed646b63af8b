// What makes one tensor of several.

import { graftMaximum, graftMinimum, graftSubtract } from '@graftjs/layers';
import { layers } from '@tensorflow/tfjs-layers';
import { axes, axis, flag } from '../fields.js';
import { entry, type LayerClasses } from './layer-class.js';

const list = { takesList: true };

export const mergeLayers: LayerClasses = {
  Add: entry(layers.add, {}, list),
  Subtract: entry(graftSubtract, {}, list),
  Multiply: entry(layers.multiply, {}, list),
  Average: entry(layers.average, {}, list),
  Maximum: entry(graftMaximum, {}, list),
  Minimum: entry(graftMinimum, {}, list),
  Dot: entry(layers.dot, { axes, normalize: flag }, list),
  Concatenate: entry(layers.concatenate, { axis }, list),
};
