// The classes of this package's layers, once: registration and tests are derived from this list.

import type { serialization } from '@tensorflow/tfjs-core';
import type { layers } from '@tensorflow/tfjs-layers';
import { GraftAlphaDropout } from './alpha-dropout.js';
import { GraftAdditiveAttention, GraftAttention } from './attention.js';
import {
  GraftAveragePooling1D,
  GraftAveragePooling2D,
  GraftAveragePooling3D,
} from './average-pooling.js';
import { GraftBatchNormalization } from './batch-normalization.js';
import { GraftBidirectional } from './bidirectional.js';
import { GraftCategoryEncoding } from './category-encoding.js';
import { GraftCenterCrop } from './center-crop.js';
import { GraftConv1D } from './conv.js';
import { GraftConv2D } from './conv.js';
import { GraftConv3D } from './conv-3d.js';
import {
  GraftConv1DTranspose,
  GraftConv2DTranspose,
  GraftConv3DTranspose,
} from './conv-transpose.js';
import { GraftCropping1D, GraftCropping3D } from './cropping.js';
import { GraftCustomScaleLayer } from './custom-scale-layer.js';
import { GraftDepthwiseConv1D } from './depthwise-conv.js';
import { GraftDepthwiseConv2D } from './depthwise-conv.js';
import { GraftDiscretization } from './discretization.js';
import { GraftDropBlock2D } from './drop-block.js';
import { GraftEinsumDense } from './einsum-dense.js';
import { GraftELU } from './elu.js';
import {
  GraftGlobalAveragePooling1D,
  GraftGlobalAveragePooling2D,
  GraftGlobalAveragePooling3D,
  GraftGlobalMaxPooling1D,
  GraftGlobalMaxPooling2D,
  GraftGlobalMaxPooling3D,
} from './global-pooling.js';
import { GraftGroupNormalization } from './group-normalization.js';
import { GraftGroupQueryAttention } from './group-query-attention.js';
import { GraftGaussianDropout } from './gaussian-dropout.js';
import { GraftGaussianNoise } from './gaussian-noise.js';
import { GraftGRU } from './gru.js';
import { GraftGRUCell } from './gru-cell.js';
import { GraftIdentity } from './identity.js';
import { GraftLayerNormalization } from './layer-normalization.js';
import { GraftLayerScale } from './layer-scale.js';
import { GraftLocalResponseNormalization } from './local-response-normalization.js';
import { GraftLSTM } from './lstm.js';
import { GraftLSTMCell } from './lstm-cell.js';
import { GraftMasking } from './masking.js';
import { GraftMaximum } from './maximum.js';
import { GraftMinimum } from './minimum.js';
import { GraftMultiHeadAttention } from './multi-head-attention.js';
import { GraftNormalization } from './normalization.js';
import {
  GraftRandomRotation,
  GraftRandomShear,
  GraftRandomTranslation,
  GraftRandomZoom,
} from './random-affine.js';
import {
  GraftRandomBrightness,
  GraftRandomContrast,
  GraftRandomGrayscale,
  GraftRandomInvert,
  GraftSolarization,
} from './random-color.js';
import { GraftRandomCrop } from './random-crop.js';
import { GraftRandomFlip } from './random-flip.js';
import { GraftReLU } from './relu.js';
import { GraftResizing } from './resizing.js';
import { GraftRMSNormalization } from './rms-normalization.js';
import { GraftRNN } from './rnn.js';
import { GraftSeparableConv1D } from './separable-conv.js';
import { GraftSeparableConv2D } from './separable-conv.js';
import { GraftSimpleRNN } from './simple-rnn.js';
import { GraftSimpleRNNCell } from './simple-rnn-cell.js';
import { GraftSoftmax } from './softmax.js';
import { GraftSpatialDropout2D, GraftSpatialDropout3D } from './spatial-dropout.js';
import { GraftStackedRNNCells } from './stacked-rnn-cells.js';
import { GraftStochasticDepth } from './stochastic-depth.js';
import { GraftSubtract } from './subtract.js';
import { GraftTimeDistributed } from './time-distributed.js';
import { GraftUnitNormalization } from './unit-normalization.js';
import { GraftUpSampling1D, GraftUpSampling2D, GraftUpSampling3D } from './up-sampling.js';
import { GraftZeroPadding1D, GraftZeroPadding3D } from './zero-padding.js';

/** In alphabetical order. Each has the class name of its Keras counterpart with `Graft` before it. */
export const classes: readonly serialization.SerializableConstructor<layers.Layer>[] = [
  GraftAdditiveAttention,
  GraftAlphaDropout,
  GraftAttention,
  GraftAveragePooling1D,
  GraftAveragePooling2D,
  GraftAveragePooling3D,
  GraftBatchNormalization,
  GraftBidirectional,
  GraftCategoryEncoding,
  GraftCenterCrop,
  GraftConv1D,
  GraftConv1DTranspose,
  GraftConv2D,
  GraftConv2DTranspose,
  GraftConv3D,
  GraftConv3DTranspose,
  GraftCropping1D,
  GraftCropping3D,
  GraftCustomScaleLayer,
  GraftDepthwiseConv1D,
  GraftDepthwiseConv2D,
  GraftDiscretization,
  GraftDropBlock2D,
  GraftELU,
  GraftEinsumDense,
  GraftGRU,
  GraftGRUCell,
  GraftGaussianDropout,
  GraftGaussianNoise,
  GraftGlobalAveragePooling1D,
  GraftGlobalAveragePooling2D,
  GraftGlobalAveragePooling3D,
  GraftGlobalMaxPooling1D,
  GraftGlobalMaxPooling2D,
  GraftGlobalMaxPooling3D,
  GraftGroupNormalization,
  GraftGroupQueryAttention,
  GraftIdentity,
  GraftLSTM,
  GraftLSTMCell,
  GraftLayerNormalization,
  GraftLayerScale,
  GraftLocalResponseNormalization,
  GraftMasking,
  GraftMaximum,
  GraftMinimum,
  GraftMultiHeadAttention,
  GraftNormalization,
  GraftRMSNormalization,
  GraftRNN,
  GraftRandomBrightness,
  GraftRandomContrast,
  GraftRandomCrop,
  GraftRandomFlip,
  GraftRandomGrayscale,
  GraftRandomInvert,
  GraftRandomRotation,
  GraftRandomShear,
  GraftRandomTranslation,
  GraftRandomZoom,
  GraftReLU,
  GraftResizing,
  GraftSeparableConv1D,
  GraftSeparableConv2D,
  GraftSimpleRNN,
  GraftSimpleRNNCell,
  GraftSoftmax,
  GraftSolarization,
  GraftSpatialDropout2D,
  GraftSpatialDropout3D,
  GraftStackedRNNCells,
  GraftStochasticDepth,
  GraftSubtract,
  GraftTimeDistributed,
  GraftUnitNormalization,
  GraftUpSampling1D,
  GraftUpSampling2D,
  GraftUpSampling3D,
  GraftZeroPadding1D,
  GraftZeroPadding3D,
];
