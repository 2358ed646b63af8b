// Layers of images.

import * as graft from '@graftjs/layers';
import { layers } from '@tensorflow/tfjs-layers';
import { stacks } from './case.js';

export const ofImages = stacks([7, 6, 4], {
  'stock Conv2D, strided, same': () => [
    layers.conv2d({ filters: 5, kernelSize: [3, 2], strides: 2, padding: 'same', activation: 'relu' }), // prettier-ignore
  ],
  'stock DepthwiseConv2D with two kernels a channel': () => [
    layers.depthwiseConv2d({ kernelSize: 3, depthMultiplier: 2, padding: 'same', activation: 'elu' }), // prettier-ignore
  ],
  'stock SeparableConv2D': () => [
    layers.separableConv2d({ filters: 5, kernelSize: 3, strides: 2, padding: 'same' }),
  ],
  'Conv2D in groups': () => [graft.conv2d({ filters: 6, kernelSize: 3, groups: 2 })],
  'Conv2D dilated': () => [
    graft.conv2d({ filters: 6, kernelSize: 3, dilationRate: 2, padding: 'same' }),
  ],
  'DepthwiseConv2D dilated': () => [
    graft.depthwiseConv2d({ kernelSize: 3, dilationRate: [1, 2], depthMultiplier: 2 }),
  ],
  SeparableConv2D: () => [
    graft.separableConv2d({ filters: 3, kernelSize: 3, depthMultiplier: 2, activation: 'tanh' }),
  ],
  'transposed convolutions, and normalization after them': () => [
    layers.conv2dTranspose({ filters: 3, kernelSize: 3, strides: 2, padding: 'same' }),
    graft.batchNormalization(),
    graft.conv2dTranspose({ filters: 4, kernelSize: [2, 3], strides: [3, 2], activation: 'relu' }),
    graft.conv2dTranspose({ filters: 2, kernelSize: 4, strides: 2, padding: 'same', outputPadding: 1 }), // prettier-ignore
    graft.conv2dTranspose({ filters: 2, kernelSize: 3, dilationRate: 2, padding: 'same' }),
    graft.conv2dTranspose({ filters: 2, kernelSize: 1, strides: 2, padding: 'same' }),
  ],
  'normalization after convolutions of all kinds': () => [
    graft.conv2d({ filters: 6, kernelSize: 1 }),
    graft.batchNormalization(),
    layers.reLU({ maxValue: 6 }),
    graft.depthwiseConv2d({ kernelSize: 3, depthMultiplier: 2, useBias: false }),
    layers.batchNormalization({ scale: false }),
    graft.separableConv2d({ filters: 4, kernelSize: 2, useBias: false }),
    graft.batchNormalization({ center: false }),
    layers.flatten(),
    layers.dense({ units: 5, activation: 'relu' }),
    graft.batchNormalization(),
    graft.batchNormalization(),
  ],
  'normalization before convolutions': () => [
    graft.batchNormalization(),
    graft.depthwiseConv2d({ kernelSize: 2, depthMultiplier: 2 }),
    graft.batchNormalization(),
    graft.conv2d({ filters: 3, kernelSize: 2 }),
    layers.activation({ activation: 'softplus' }),
    graft.batchNormalization(),
    layers.globalAveragePooling2d({}),
    graft.batchNormalization(),
    layers.dense({ units: 4, activation: 'softmax' }),
  ],
  'normalization before a padded convolution': () => [
    graft.batchNormalization(),
    graft.conv2d({ filters: 3, kernelSize: 3, padding: 'same' }),
  ],
  'normalization along another axis': () => [graft.batchNormalization({ axis: 1 })],
  'preprocessing before a convolution': () => [
    layers.rescaling({ scale: 2, offset: -1 }),
    graft.normalization({ mean: [0.1, 0.2, 0.3, 0.4], variance: [1, 2, 3, 4] }),
    graft.conv2d({ filters: 3, kernelSize: 3 }),
  ],
  'Normalization undone': () => [
    graft.normalization({ axis: null, mean: 0.5, variance: 2, invert: true }),
  ],
  'LayerNormalization, stock and of all axes': () => [
    layers.layerNormalization({}),
    graft.layerNormalization({ axis: [1, 2, 3], epsilon: 1e-5 }),
  ],
  'GroupNormalization and RMSNormalization': () => [
    graft.groupNormalization({ groups: 2 }),
    graft.rmsNormalization(),
    graft.unitNormalization(),
  ],
  LocalResponseNormalization: () => [
    graft.localResponseNormalization({ depthRadius: 1, bias: 2, alpha: 0.3, beta: 0.7 }),
  ],
  'padding before convolutions and pools': () => [
    layers.zeroPadding2d({ padding: [[1, 2], [0, 1]] }), // prettier-ignore
    graft.conv2d({ filters: 4, kernelSize: 3 }),
    layers.zeroPadding2d({ padding: 1 }),
    layers.maxPooling2d({ poolSize: 3, strides: 1 }),
    layers.reLU(),
    layers.zeroPadding2d({ padding: 1 }),
    layers.maxPooling2d({ poolSize: 3, strides: 2 }),
    layers.zeroPadding2d({ padding: 1 }),
    layers.averagePooling2d({ poolSize: 2, strides: 1 }),
  ],
  'pools with same padding': () => [
    layers.maxPooling2d({ poolSize: 3, strides: 2, padding: 'same' }),
    graft.averagePooling2d({ poolSize: 3, strides: 2, padding: 'same' }),
  ],
  'cropping and global pools': () => [
    layers.cropping2D({ cropping: [[1, 0], [2, 1]] }), // prettier-ignore
    graft.centerCrop({ height: 3, width: 2 }),
    graft.globalMaxPooling2d({ keepdims: true }),
    graft.conv2d({ filters: 3, kernelSize: 1 }),
    layers.reshape({ targetShape: [3] }),
    layers.reshape({ targetShape: [1, 1, 3] }),
    graft.conv2d({ filters: 2, kernelSize: 1 }),
    layers.flatten(),
  ],
  'Flatten between convolutions and dense layers': () => [
    graft.conv2d({ filters: 3, kernelSize: 2 }),
    layers.flatten(),
    layers.dropout({ rate: 0.5 }),
    layers.dense({ units: 4, activation: 'selu' }),
  ],
  'Permute and Reshape': () => [
    graft.conv2d({ filters: 3, kernelSize: 2 }),
    layers.permute({ dims: [3, 1, 2] }),
    layers.reshape({ targetShape: [-1, 5] }),
    layers.dense({ units: 4, activation: 'swish' }),
    layers.softmax({ axis: -1 }),
  ],
  'resizing and upsampling': () => [
    graft.resizing({ height: 5, width: 9 }),
    graft.upSampling2d({ size: [2, 1], interpolation: 'bilinear' }),
    layers.upSampling2d({ size: [1, 2] }),
    graft.resizing({ height: 7, width: 5, interpolation: 'nearest' }),
    layers.upSampling2d({ size: [2, 2], interpolation: 'bilinear' }),
  ],
  'layers that do nothing': () => [
    layers.gaussianNoise({ stddev: 1 }),
    layers.gaussianDropout({ rate: 0.5 }),
    graft.spatialDropout2d({ rate: 0.5 }),
    graft.stochasticDepth({ dropPathRate: 0.5 }),
    graft.randomFlip({ mode: 'horizontal' }),
    graft.identity(),
    graft.layerScale({ initValues: 0.5, projectionDim: 4 }),
  ],
  'softmax over channels, and gates': () => [
    graft.conv2d({ filters: 4, kernelSize: 1, activation: graft.kerasActivation('hard_silu') }),
    graft.softmax({ axis: 1 }),
  ],
  'resizing in other ways, to other proportions': () => [
    graft.resizing({ height: 6, width: 8, interpolation: 'bicubic' }),
    graft.resizing({ height: 4, width: 5, antialias: true }),
    graft.resizing({ height: 5, width: 3, interpolation: 'lanczos3', antialias: true }),
    graft.upSampling2d({ size: [1, 2], interpolation: 'lanczos5' }),
    graft.resizing({ height: 7, width: 7, cropToAspectRatio: true }),
    graft.resizing({ height: 4, width: 6, padToAspectRatio: true, fillValue: 0.5, interpolation: 'nearest' }), // prettier-ignore
    graft.resizing({ height: 3, width: 4, interpolation: 'area' }),
    graft.centerCrop({ height: 5, width: 3 }),
  ],
  'layers that do nothing at all': () => [
    graft.dropBlock2d({ rate: 0.3, blockSize: 2 }),
    graft.randomCrop({ height: 7, width: 6 }),
    graft.randomRotation({ factor: 0.2 }),
    graft.randomZoom({ heightFactor: 0.2 }),
    graft.randomTranslation({ heightFactor: 0.1, widthFactor: 0.1 }),
    graft.randomShear({ xFactor: 0.1 }),
    graft.randomBrightness({ factor: 0.2 }),
    graft.randomContrast({ factor: 0.2 }),
    graft.randomGrayscale({}),
    graft.randomInvert({}),
    graft.solarization({}),
    graft.alphaDropout({ rate: 0.1 }),
    layers.alphaDropout({ rate: 0.1 }),
    graft.gaussianNoise({ stddev: 1 }),
    graft.gaussianDropout({ rate: 0.1 }),
    layers.conv2d({ filters: 2, kernelSize: 2 }),
  ],
  'normalization by other axes': () => [
    graft.layerNormalization({ axis: [1, 3] }),
    graft.groupNormalization({ groups: 3, axis: 2 }),
    graft.groupNormalization({ groups: -1, axis: -1 }),
    graft.unitNormalization({ axis: [1, 2] }),
  ],
  'stock averages': () => [
    layers.averagePooling2d({ poolSize: 2 }),
    layers.conv2dTranspose({ filters: 2, kernelSize: 2 }),
    layers.globalMaxPooling2d({}),
  ],
});
