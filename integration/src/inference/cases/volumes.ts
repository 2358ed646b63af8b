// Layers of volumes.

import * as graft from '@graftjs/layers';
import { layers } from '@tensorflow/tfjs-layers';
import { stacks } from './case.js';

export const ofVolumes = stacks([5, 6, 4, 2], {
  'stock Conv3D and pools': () => [
    layers.conv3d({ filters: 3, kernelSize: [3, 2, 2], strides: [2, 1, 1], padding: 'same', activation: 'relu' }), // prettier-ignore
    graft.batchNormalization(),
    layers.maxPooling3d({ poolSize: 2, strides: 1 }),
    layers.averagePooling3d({ poolSize: [1, 2, 2], padding: 'same' }),
  ],
  'Conv3D, strided and normalized': () => [
    graft.conv3d({ filters: 4, kernelSize: 2, strides: [1, 2, 1], useBias: false }),
    graft.batchNormalization(),
    layers.reLU(),
    graft.globalAveragePooling3d(),
  ],
  'Conv3D in groups, dilated': () => [
    graft.conv3d({ filters: 4, kernelSize: [2, 3, 2], dilationRate: [2, 1, 2], groups: 2, padding: 'same' }), // prettier-ignore
    graft.averagePooling3d({ poolSize: 3, strides: 2, padding: 'same' }),
    graft.globalMaxPooling3d({ keepdims: true }),
  ],
  'Conv3DTranspose, stock and ours': () => [
    layers.conv3dTranspose({ filters: 3, kernelSize: [3, 2, 2], strides: [2, 1, 2], padding: 'same', activation: 'tanh' }), // prettier-ignore
    graft.conv3dTranspose({ filters: 2, kernelSize: [2, 1, 3], strides: [3, 2, 1] }),
  ],
  'Conv3DTranspose with output padding': () => [
    graft.conv3dTranspose({ filters: 2, kernelSize: 3, strides: 2, padding: 'same', outputPadding: 1 }), // prettier-ignore
  ],
  'Conv3DTranspose, dilated, channels first': () => [
    graft.conv3dTranspose({ filters: 2, kernelSize: 2, dilationRate: [2, 1, 2], dataFormat: 'channelsFirst' }), // prettier-ignore
  ],
  'padding, cropping, upsampling': () => [
    graft.zeroPadding3d({ padding: [[1, 0], [0, 2], [1, 1]] }), // prettier-ignore
    graft.cropping3d({ cropping: [[0, 1], [1, 1], [2, 0]] }), // prettier-ignore
    graft.upSampling3d({ size: [2, 1, 3] }),
    graft.spatialDropout3d({ rate: 0.5 }),
  ],
  'channels first': () => [
    graft.conv3d({ filters: 3, kernelSize: 2, dataFormat: 'channelsFirst', activation: 'softmax' }),
    layers.maxPooling3d({ poolSize: [2, 1, 1], dataFormat: 'channelsFirst' }),
    graft.upSampling3d({ size: [1, 2, 1], dataFormat: 'channelsFirst' }),
    layers.flatten({ dataFormat: 'channelsFirst' }),
  ],
});
