// The classes of this package's layers, once: registration and tests are derived from this list.

import type { serialization } from '@tensorflow/tfjs-core';
import type { layers } from '@tensorflow/tfjs-layers';
import { GraftBatchNormalization } from './batch-normalization.js';
import { GraftConv1D } from './conv.js';
import { GraftConv2D } from './conv.js';
import { GraftDepthwiseConv1D } from './depthwise-conv.js';
import { GraftDepthwiseConv2D } from './depthwise-conv.js';
import { GraftSeparableConv1D } from './separable-conv.js';
import { GraftSeparableConv2D } from './separable-conv.js';

/** In alphabetical order. Each has the class name of its Keras counterpart with `Graft` before it. */
export const classes: readonly serialization.SerializableConstructor<layers.Layer>[] = [
  GraftBatchNormalization,
  GraftConv1D,
  GraftConv2D,
  GraftDepthwiseConv1D,
  GraftDepthwiseConv2D,
  GraftSeparableConv1D,
  GraftSeparableConv2D,
];
