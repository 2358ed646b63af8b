// Layers of sequences.

import * as graft from '@graftjs/layers';
import { layers } from '@tensorflow/tfjs-layers';
import { stacks } from './case.js';

export const ofSequences = stacks([9, 4], {
  'Conv1D causal, dilated, normalized': () => [
    graft.conv1d({ filters: 5, kernelSize: 3, dilationRate: 2, padding: 'causal' }),
    graft.batchNormalization(),
    layers.leakyReLU({ alpha: 0.1 }),
    graft.conv1d({ filters: 4, kernelSize: 3, strides: 2, padding: 'same' }),
    layers.globalAveragePooling1d(),
  ],
  'stock Conv1D and pools': () => [
    layers.conv1d({ filters: 5, kernelSize: 2, activation: 'sigmoid' }),
    layers.maxPooling1d({ poolSize: 2, strides: 1 }),
    layers.averagePooling1d({ poolSize: 2, padding: 'same' }),
    layers.globalMaxPooling1d(),
    layers.repeatVector({ n: 3 }),
  ],
  'DepthwiseConv1D, SeparableConv1D, padding and cropping': () => [
    graft.zeroPadding1d({ padding: [1, 2] }),
    graft.depthwiseConv1d({ kernelSize: 3 }),
    graft.cropping1d({ cropping: [1, 0] }),
    graft.separableConv1d({ filters: 3, kernelSize: 2 }),
  ],
  Conv1DTranspose: () => [
    graft.conv1dTranspose({ filters: 3, kernelSize: 3, strides: 2, padding: 'same' }),
    graft.batchNormalization(),
    graft.conv1dTranspose({ filters: 2, kernelSize: 2, strides: 2, outputPadding: 1 }),
  ],
  'dense layers of each step': () => [
    layers.dense({ units: 3, useBias: false }),
    graft.batchNormalization(),
    graft.layerNormalization(),
    layers.dense({ units: 2 }),
  ],
  'steps that are repeated': () => [
    graft.upSampling1d({ size: 3 }),
    layers.spatialDropout1d({ rate: 0.1 } as never),
    graft.averagePooling1d({ poolSize: 2 }),
    graft.globalMaxPooling1d({ keepdims: true }),
  ],
  'stock LayerNormalization, and means': () => [
    layers.layerNormalization({}),
    layers.masking({ maskValue: 5 }),
    graft.globalAveragePooling1d({ keepdims: true }),
  ],
});
