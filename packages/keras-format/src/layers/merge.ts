// What makes one tensor of several.

import { maximum, minimum, subtract } from '@graftjs/layers';
import { layers } from '@tensorflow/tfjs-layers';
import { axes, axis, flag } from '../fields.js';
import { entry, type LayerClasses } from './layer-class.js';

const list = { takesList: true };

export const mergeLayers: LayerClasses = {
  Add: entry(layers.add, {}, list),
  Subtract: entry(subtract, {}, list),
  Multiply: entry(layers.multiply, {}, list),
  Average: entry(layers.average, {}, list),
  Maximum: entry(maximum, {}, list),
  Minimum: entry(minimum, {}, list),
  Dot: entry(layers.dot, { axes, normalize: flag }, list),
  Concatenate: entry(layers.concatenate, { axis }, list),
};
