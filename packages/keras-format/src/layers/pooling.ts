// Pooling, and padding of images.

import { layers } from '@tensorflow/tfjs-layers';
import { counts, countsOrNull, dataFormat, type Fields, only, padding, pads } from '../fields.js';
import { entry, type LayerClasses } from './layer-class.js';

const pooling: Fields = {
  pool_size: counts,
  strides: countsOrNull,
  padding,
  data_format: dataFormat,
};
const globalPooling: Fields = { data_format: dataFormat, keepdims: only(false) };

export const poolingLayers: LayerClasses = {
  MaxPooling2D: entry(layers.maxPooling2d, pooling),
  AveragePooling2D: entry(layers.averagePooling2d, pooling),
  GlobalAveragePooling2D: entry(layers.globalAveragePooling2d, globalPooling),
  GlobalMaxPooling2D: entry(layers.globalMaxPooling2d, globalPooling),
  ZeroPadding2D: entry(layers.zeroPadding2d, { padding: pads, data_format: dataFormat }),
};
