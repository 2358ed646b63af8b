// Pooling.

import {
  graftAveragePooling1D,
  graftAveragePooling2D,
  graftAveragePooling3D,
  graftGlobalAveragePooling1D,
  graftGlobalAveragePooling2D,
  graftGlobalAveragePooling3D,
  graftGlobalMaxPooling1D,
  graftGlobalMaxPooling2D,
  graftGlobalMaxPooling3D,
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
  AveragePooling1D: entry(graftAveragePooling1D, pooling),
  AveragePooling2D: entry(graftAveragePooling2D, pooling),
  AveragePooling3D: entry(graftAveragePooling3D, pooling),
  GlobalAveragePooling1D: entry(graftGlobalAveragePooling1D, globalPooling),
  GlobalAveragePooling2D: entry(graftGlobalAveragePooling2D, globalPooling),
  GlobalAveragePooling3D: entry(graftGlobalAveragePooling3D, globalPooling),
  GlobalMaxPooling1D: entry(graftGlobalMaxPooling1D, globalPooling),
  GlobalMaxPooling2D: entry(graftGlobalMaxPooling2D, globalPooling),
  GlobalMaxPooling3D: entry(graftGlobalMaxPooling3D, globalPooling),
};
