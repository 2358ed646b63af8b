// Dense, Dropout, and what only changes a shape.

import { layers } from '@tensorflow/tfjs-layers';
import {
  count,
  dataFormat,
  dimensions,
  dimensionsOrNull,
  type Field,
  real,
  seed,
} from '../fields.js';
import { affine, entry, type LayerClasses, weight } from './layer-class.js';

/** The length that is to be inferred is null here, and null or -1 in Keras. */
const targetShape: Field = {
  fromKeras: (value, where) =>
    value === null ? undefined : dimensionsOrNull.fromKeras(value, where),
  toKeras: (value, where) =>
    dimensions.toKeras(
      (value as (number | null)[]).map((length) => length ?? -1),
      where,
    ),
};

export const coreLayers: LayerClasses = {
  Dense: entry(layers.dense, { units: count, ...affine, ...weight('kernel', 'GlorotUniform') }),
  Flatten: entry(layers.flatten, { data_format: dataFormat }),
  Reshape: entry(layers.reshape, { target_shape: targetShape }),
  Dropout: entry(layers.dropout, { rate: real, seed, noise_shape: dimensionsOrNull }),
};
