// The layers. Importing registers nothing: `registerLayers()` does.

export {
  batchNormalization,
  GraftBatchNormalization,
  type BatchNormalizationArgs,
} from './batch-normalization.js';
export {
  conv1d,
  conv2d,
  GraftConv1D,
  GraftConv2D,
  type Conv1DArgs,
  type Conv2DArgs,
} from './conv.js';
export {
  depthwiseConv1d,
  depthwiseConv2d,
  GraftDepthwiseConv1D,
  GraftDepthwiseConv2D,
  type DepthwiseConvArgs,
} from './depthwise-conv.js';
export { registerLayers } from './register.js';
export {
  separableConv1d,
  separableConv2d,
  GraftSeparableConv1D,
  GraftSeparableConv2D,
  type SeparableConvArgs,
} from './separable-conv.js';
