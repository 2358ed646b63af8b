// Pooling.

import {
  averagePooling1d,
  averagePooling2d,
  averagePooling3d,
  globalAveragePooling1d,
  globalAveragePooling2d,
  globalAveragePooling3d,
  globalMaxPooling1d,
  globalMaxPooling2d,
  globalMaxPooling3d,
} from '@graftjs/layers';
import { layers } from '@tensorflow/tfjs-layers';
import { counts, countsOrNull, dataFormat, type Fields, flag, only, padding } from '../fields.js';
import { entry, type LayerClasses } from './layer-class.js';

const pooling: Fields = {
  pool_size: counts,
  strides: countsOrNull,
  padding,
  data_format: dataFormat,
};
const globalPooling: Fields = { data_format: dataFormat, keepdims: flag };

export const poolingLayers: LayerClasses = {
  MaxPooling1D: entry(layers.maxPooling1d, {
    ...pooling,
    // tfjs-layers has no other order for sequences.
    data_format: only('channels_last'),
  }),
  MaxPooling2D: entry(layers.maxPooling2d, pooling),
  MaxPooling3D: entry(layers.maxPooling3d, pooling),
  AveragePooling1D: entry(averagePooling1d, pooling),
  AveragePooling2D: entry(averagePooling2d, pooling),
  AveragePooling3D: entry(averagePooling3d, pooling),
  GlobalAveragePooling1D: entry(globalAveragePooling1d, globalPooling),
  GlobalAveragePooling2D: entry(globalAveragePooling2d, globalPooling),
  GlobalAveragePooling3D: entry(globalAveragePooling3d, globalPooling),
  GlobalMaxPooling1D: entry(globalMaxPooling1d, globalPooling),
  GlobalMaxPooling2D: entry(globalMaxPooling2d, globalPooling),
  GlobalMaxPooling3D: entry(globalMaxPooling3d, globalPooling),
};
