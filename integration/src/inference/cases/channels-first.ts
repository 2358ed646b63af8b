// Layers of images and sequences whose channels come first.

import * as graft from '@graftjs/layers';
import { layers } from '@tensorflow/tfjs-layers';
import { stacks } from './case.js';

const dataFormat = 'channelsFirst';

export const withChannelsFirst = {
  ...stacks([4, 7, 6], {
    'channels first: convolution, normalization, pooling': () => [
      layers.conv2d({ filters: 5, kernelSize: 3, dataFormat, padding: 'same' }),
      graft.batchNormalization({ axis: 1 }),
      layers.reLU(),
      layers.zeroPadding2d({ padding: 1, dataFormat }),
      graft.depthwiseConv2d({ kernelSize: 3, dataFormat, activation: 'softmax' }),
      layers.maxPooling2d({ poolSize: 2, dataFormat }),
      layers.globalAveragePooling2d({ dataFormat }),
    ],
    'channels first: transposed and separable convolution': () => [
      graft.conv2dTranspose({ filters: 3, kernelSize: 3, strides: 2, dataFormat }),
      graft.separableConv2d({ filters: 2, kernelSize: 2, dataFormat }),
      graft.averagePooling2d({ poolSize: 2, dataFormat }),
      layers.cropping2D({ cropping: [[1, 0], [1, 1]], dataFormat }), // prettier-ignore
      graft.globalMaxPooling2d({ keepdims: true, dataFormat }),
      layers.flatten({ dataFormat }),
    ],
    'channels first: sizes': () => [
      graft.resizing({ height: 5, width: 9, dataFormat }),
      layers.upSampling2d({ size: [2, 1], dataFormat }),
      graft.upSampling2d({ size: [1, 2], dataFormat, interpolation: 'bilinear' }),
      graft.centerCrop({ height: 4, width: 3, dataFormat }),
      graft.randomFlip({ mode: 'horizontal', dataFormat }),
      layers.flatten({ dataFormat }),
    ],
    'channels first: normalization of each kind': () => [
      graft.groupNormalization({ groups: 2, axis: 1 }),
      graft.layerNormalization({ axis: 1 }),
      graft.normalization({ axis: 1, mean: [0.1, 0.2, 0.3, 0.4], variance: [1, 2, 3, 4] }),
      graft.normalization({ axis: [1, 3], mean: 0.5, variance: 2 }),
    ],
  }),
  ...stacks([4, 9], {
    'channels first, of sequences': () => [
      graft.conv1d({ filters: 5, kernelSize: 3, dataFormat, activation: 'relu' }),
      graft.zeroPadding1d({ padding: [1, 2], dataFormat }),
      graft.averagePooling1d({ poolSize: 2, dataFormat }),
      graft.globalAveragePooling1d({ dataFormat, keepdims: true }),
    ],
  }),
};
