// The layers. Importing registers nothing: `registerLayers()` does.

export { activationNames, kerasActivation, type ActivationName } from './activations.js';
export {
  GraftAlphaDropout,
  graftAlphaDropout,
  type GraftAlphaDropoutArgs,
} from './alpha-dropout.js';
export {
  GraftAveragePooling1D,
  GraftAveragePooling2D,
  GraftAveragePooling3D,
  graftAveragePooling1D,
  graftAveragePooling2D,
  graftAveragePooling3D,
  type AveragePoolingArgs,
} from './average-pooling.js';
export {
  batchNormalization,
  GraftBatchNormalization,
  type BatchNormalizationArgs,
} from './batch-normalization.js';
export { GraftCenterCrop, graftCenterCrop, type GraftCenterCropArgs } from './center-crop.js';
export {
  conv1d,
  conv2d,
  GraftConv1D,
  GraftConv2D,
  type Conv1DArgs,
  type Conv2DArgs,
} from './conv.js';
export {
  GraftCropping1D,
  GraftCropping3D,
  graftCropping1D,
  graftCropping3D,
  type GraftCropping1DArgs,
  type GraftCropping3DArgs,
} from './cropping.js';
export {
  GraftCustomScaleLayer,
  graftCustomScaleLayer,
  type GraftCustomScaleLayerArgs,
} from './custom-scale-layer.js';
export {
  depthwiseConv1d,
  depthwiseConv2d,
  GraftDepthwiseConv1D,
  GraftDepthwiseConv2D,
  type DepthwiseConvArgs,
} from './depthwise-conv.js';
export { GraftELU, graftELU, type GraftELUArgs } from './elu.js';
export {
  GraftGlobalAveragePooling1D,
  GraftGlobalAveragePooling2D,
  GraftGlobalAveragePooling3D,
  GraftGlobalMaxPooling1D,
  GraftGlobalMaxPooling2D,
  GraftGlobalMaxPooling3D,
  graftGlobalAveragePooling1D,
  graftGlobalAveragePooling2D,
  graftGlobalAveragePooling3D,
  graftGlobalMaxPooling1D,
  graftGlobalMaxPooling2D,
  graftGlobalMaxPooling3D,
  type GlobalPoolingArgs,
} from './global-pooling.js';
export { GraftLayerScale, graftLayerScale, type GraftLayerScaleArgs } from './layer-scale.js';
export { GraftMaximum, graftMaximum } from './maximum.js';
export { GraftMinimum, graftMinimum } from './minimum.js';
export {
  GraftNormalization,
  graftNormalization,
  type GraftNormalizationArgs,
} from './normalization.js';
export { registerLayers } from './register.js';
export { GraftReLU, graftReLU, type GraftReLUArgs } from './relu.js';
export type { Interpolation } from './resize-weights.js';
export { GraftResizing, graftResizing, type GraftResizingArgs } from './resizing.js';
export {
  separableConv1d,
  separableConv2d,
  GraftSeparableConv1D,
  GraftSeparableConv2D,
  type SeparableConvArgs,
} from './separable-conv.js';
export { GraftSoftmax, graftSoftmax, type GraftSoftmaxArgs } from './softmax.js';
export {
  GraftSpatialDropout2D,
  GraftSpatialDropout3D,
  graftSpatialDropout2D,
  graftSpatialDropout3D,
  type SpatialDropoutArgs,
} from './spatial-dropout.js';
export {
  GraftStochasticDepth,
  graftStochasticDepth,
  type GraftStochasticDepthArgs,
} from './stochastic-depth.js';
export { GraftSubtract, graftSubtract } from './subtract.js';
export {
  GraftUpSampling1D,
  GraftUpSampling2D,
  GraftUpSampling3D,
  graftUpSampling1D,
  graftUpSampling2D,
  graftUpSampling3D,
  type GraftUpSampling1DArgs,
  type GraftUpSampling2DArgs,
  type GraftUpSampling3DArgs,
} from './up-sampling.js';
export {
  GraftZeroPadding1D,
  GraftZeroPadding3D,
  graftZeroPadding1D,
  graftZeroPadding3D,
  type GraftZeroPadding1DArgs,
  type GraftZeroPadding3DArgs,
} from './zero-padding.js';
