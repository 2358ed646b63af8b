// The layers. Importing registers nothing: `registerLayers()` does.

export { activationNames, kerasActivation, type ActivationName } from './activations.js';
export { GraftAlphaDropout, alphaDropout, type AlphaDropoutArgs } from './alpha-dropout.js';
export {
  GraftAdditiveAttention,
  GraftAttention,
  additiveAttention,
  attention,
  type AdditiveAttentionArgs,
  type AttentionArgs,
} from './attention.js';
export {
  GraftAveragePooling1D,
  GraftAveragePooling2D,
  GraftAveragePooling3D,
  averagePooling1d,
  averagePooling2d,
  averagePooling3d,
  type AveragePoolingArgs,
} from './average-pooling.js';
export {
  batchNormalization,
  GraftBatchNormalization,
  type BatchNormalizationArgs,
} from './batch-normalization.js';
export { bidirectional, GraftBidirectional, type BidirectionalArgs } from './bidirectional.js';
export {
  categoryEncoding,
  GraftCategoryEncoding,
  type CategoryEncodingArgs,
} from './category-encoding.js';
export { GraftCenterCrop, centerCrop, type CenterCropArgs } from './center-crop.js';
export {
  conv1d,
  conv2d,
  GraftConv1D,
  GraftConv2D,
  type Conv1DArgs,
  type Conv2DArgs,
} from './conv.js';
export { conv3d, GraftConv3D, type Conv3DArgs } from './conv-3d.js';
export {
  conv1dTranspose,
  conv2dTranspose,
  conv3dTranspose,
  GraftConv1DTranspose,
  GraftConv2DTranspose,
  GraftConv3DTranspose,
  type ConvTransposeArgs,
} from './conv-transpose.js';
export {
  GraftCropping1D,
  GraftCropping3D,
  cropping1d,
  cropping3d,
  type Cropping1DArgs,
  type Cropping3DArgs,
} from './cropping.js';
export {
  GraftCustomScaleLayer,
  customScaleLayer,
  type CustomScaleLayerArgs,
} from './custom-scale-layer.js';
export {
  depthwiseConv1d,
  depthwiseConv2d,
  GraftDepthwiseConv1D,
  GraftDepthwiseConv2D,
  type DepthwiseConvArgs,
} from './depthwise-conv.js';
export { discretization, GraftDiscretization, type DiscretizationArgs } from './discretization.js';
export { dropBlock2d, GraftDropBlock2D, type DropBlockArgs } from './drop-block.js';
export {
  GraftEinsumDense,
  einsumDense,
  type EinsumDenseArgs,
  type KernelAndBiasArgs,
} from './einsum-dense.js';
export type { CategoryOutput } from './encode-categories.js';
export { GraftELU, elu, type ELUArgs } from './elu.js';
export {
  gaussianDropout,
  GraftGaussianDropout,
  type GaussianDropoutArgs,
} from './gaussian-dropout.js';
export { gaussianNoise, GraftGaussianNoise, type GaussianNoiseArgs } from './gaussian-noise.js';
export {
  GraftGlobalAveragePooling1D,
  GraftGlobalAveragePooling2D,
  GraftGlobalAveragePooling3D,
  GraftGlobalMaxPooling1D,
  GraftGlobalMaxPooling2D,
  GraftGlobalMaxPooling3D,
  globalAveragePooling1d,
  globalAveragePooling2d,
  globalAveragePooling3d,
  globalMaxPooling1d,
  globalMaxPooling2d,
  globalMaxPooling3d,
  type GlobalPoolingArgs,
} from './global-pooling.js';
export {
  groupNormalization,
  GraftGroupNormalization,
  type GroupNormalizationArgs,
} from './group-normalization.js';
export {
  GraftGroupQueryAttention,
  groupQueryAttention,
  type GroupQueryAttentionArgs,
} from './group-query-attention.js';
export { gru, GraftGRU, type GRUArgs } from './gru.js';
export { gruCell, GraftGRUCell, type GRUCellArgs } from './gru-cell.js';
export { GraftIdentity, identity } from './identity.js';
export {
  layerNormalization,
  GraftLayerNormalization,
  type LayerNormalizationArgs,
} from './layer-normalization.js';
export { GraftLayerScale, layerScale, type LayerScaleArgs } from './layer-scale.js';
export {
  localResponseNormalization,
  GraftLocalResponseNormalization,
  type LocalResponseNormalizationArgs,
} from './local-response-normalization.js';
export { lstm, GraftLSTM, type LSTMArgs } from './lstm.js';
export { lstmCell, GraftLSTMCell, type LSTMCellArgs } from './lstm-cell.js';
export { GraftMasking, masking, type MaskingArgs } from './masking.js';
export { GraftMaximum, maximum } from './maximum.js';
export { GraftMinimum, minimum } from './minimum.js';
export {
  GraftMultiHeadAttention,
  multiHeadAttention,
  type MultiHeadAttentionArgs,
} from './multi-head-attention.js';
export type { NoiseArgs } from './noise-layer.js';
export { GraftNormalization, normalization, type NormalizationArgs } from './normalization.js';
export type { ProjectedAttentionArgs } from './projected-attention.js';
export { GraftOrthogonal, orthogonal, type OrthogonalArgs } from './orthogonal.js';
export {
  GraftOrthogonalRegularizer,
  orthogonalRegularizer,
  type OrthogonalRegularizerArgs,
} from './orthogonal-regularizer.js';
export type { GatedCellArgs, RecurrentCellArgs } from './recurrent-cell.js';
export type { RecurrentArgs } from './recurrent-layer.js';
export {
  GraftRandomRotation,
  GraftRandomShear,
  GraftRandomTranslation,
  GraftRandomZoom,
  randomRotation,
  randomShear,
  randomTranslation,
  randomZoom,
  type RandomRotationArgs,
  type RandomShearArgs,
  type RandomTranslationArgs,
  type RandomZoomArgs,
  type RandomAffineArgs,
} from './random-affine.js';
export {
  GraftRandomBrightness,
  GraftRandomContrast,
  GraftRandomGrayscale,
  GraftRandomInvert,
  GraftSolarization,
  randomBrightness,
  randomContrast,
  randomGrayscale,
  randomInvert,
  solarization,
  type RandomBrightnessArgs,
  type RandomContrastArgs,
  type RandomGrayscaleArgs,
  type RandomInvertArgs,
  type SolarizationArgs,
  type RandomColorArgs,
} from './random-color.js';
export { GraftRandomCrop, randomCrop, type RandomCropArgs } from './random-crop.js';
export { GraftRandomFlip, randomFlip, type RandomFlipArgs } from './random-flip.js';
export type { Factor, RandomImagesArgs } from './random-images.js';
export type { FillMode } from './affine-transform.js';
export { registerLayers } from './register.js';
export { GraftReLU, reLU, type ReLUArgs } from './relu.js';
export type { Interpolation } from './resize-weights.js';
export { GraftResizing, resizing, type ResizingArgs } from './resizing.js';
export {
  rmsNormalization,
  GraftRMSNormalization,
  type RMSNormalizationArgs,
} from './rms-normalization.js';
export { rnn, GraftRNN, type RNNArgs } from './rnn.js';
export {
  separableConv1d,
  separableConv2d,
  GraftSeparableConv1D,
  GraftSeparableConv2D,
  type SeparableConvArgs,
} from './separable-conv.js';
export { simpleRNN, GraftSimpleRNN, type SimpleRNNArgs } from './simple-rnn.js';
export { simpleRNNCell, GraftSimpleRNNCell } from './simple-rnn-cell.js';
export { GraftSoftmax, softmax, type SoftmaxArgs } from './softmax.js';
export {
  GraftSpatialDropout2D,
  GraftSpatialDropout3D,
  spatialDropout2d,
  spatialDropout3d,
  type SpatialDropoutArgs,
} from './spatial-dropout.js';
export {
  stackedRNNCells,
  GraftStackedRNNCells,
  type StackedRNNCellsArgs,
} from './stacked-rnn-cells.js';
export {
  GraftStochasticDepth,
  stochasticDepth,
  type StochasticDepthArgs,
} from './stochastic-depth.js';
export { GraftSubtract, subtract } from './subtract.js';
export {
  timeDistributed,
  GraftTimeDistributed,
  type TimeDistributedArgs,
} from './time-distributed.js';
export {
  unitNormalization,
  GraftUnitNormalization,
  type UnitNormalizationArgs,
} from './unit-normalization.js';
export {
  GraftUpSampling1D,
  GraftUpSampling2D,
  GraftUpSampling3D,
  upSampling1d,
  upSampling2d,
  upSampling3d,
  type UpSampling1DArgs,
  type UpSampling2DArgs,
  type UpSampling3DArgs,
} from './up-sampling.js';
export {
  GraftZeroPadding1D,
  GraftZeroPadding3D,
  zeroPadding1d,
  zeroPadding3d,
  type ZeroPadding1DArgs,
  type ZeroPadding3DArgs,
} from './zero-padding.js';
