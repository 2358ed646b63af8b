// What begins a network of sequences.

import { masking } from '@graftjs/layers';
import { layers } from '@tensorflow/tfjs-layers';
import { count, flag, only, real } from '../fields.js';
import { entry, type LayerClasses, weight } from './layer-class.js';

export const sequenceLayers: LayerClasses = {
  Embedding: entry(layers.embedding, {
    input_dim: count,
    output_dim: count,
    mask_zero: flag,
    ...weight('embeddings', 'RandomUniform'),
    // tfjs-layers accepts one and never applies it.
    activity_regularizer: only(null),
  }),
  Masking: entry(masking, { mask_value: real }),
};
