// The classes of this package's layers, once: registration and tests are derived from this list.

import type { serialization } from '@tensorflow/tfjs-core';
import type { layers } from '@tensorflow/tfjs-layers';
import { GraftBatchNormalization } from './batch-normalization.js';

/** In alphabetical order. Each has the class name of its Keras counterpart with `Graft` before it. */
export const classes: readonly serialization.SerializableConstructor<layers.Layer>[] = [
  GraftBatchNormalization,
];
