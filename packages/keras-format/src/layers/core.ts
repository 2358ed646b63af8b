// Dense, Dropout, and what only changes a shape.

import { einsumDense, identity } from '@graftjs/layers';
import { layers } from '@tensorflow/tfjs-layers';
import {
  count,
  dataFormat,
  dimensions,
  dimensionsOrNull,
  type Field,
  only,
  real,
  same,
  seed,
} from '../fields.js';
import { activation } from '../objects.js';
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

const text = same('a text', (value) => typeof value === 'string');
const textOrNull = same('a text or null', (v) => v === null || typeof v === 'string');

export const coreLayers: LayerClasses = {
  Dense: entry(layers.dense, { units: count, ...affine, ...weight('kernel', 'GlorotUniform') }),
  EinsumDense: entry(einsumDense, {
    equation: text,
    output_shape: dimensionsOrNull,
    bias_axes: textOrNull,
    activation,
    ...weight('kernel', 'GlorotUniform'),
    ...weight('bias', 'Zeros'),
    // tfjs-layers accepts one and never applies it.
    activity_regularizer: only(null),
  }),
  Identity: entry(identity, {}),
  Flatten: entry(layers.flatten, { data_format: dataFormat }),
  Reshape: entry(layers.reshape, { target_shape: targetShape }),
  Dropout: entry(layers.dropout, { rate: real, seed, noise_shape: dimensionsOrNull }),
};
