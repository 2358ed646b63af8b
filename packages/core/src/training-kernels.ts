// The kernels that training needs beyond those of prediction, and which of them a backend lacks.

import { getKernelsForBackend } from '@tensorflow/tfjs-core';

/** Kernel of tfjs-core → whose gradient or augmentation needs it. */
export const trainingKernels: Readonly<Record<string, string>> = {
  AvgPool3DGrad: 'AveragePooling3D',
  AvgPoolGrad: 'AveragePooling2D',
  Conv2DBackpropFilter: 'Conv1D, Conv2D, Conv2DTranspose, SeparableConv2D',
  Conv2DBackpropInput: 'Conv1D, Conv2D, Conv2DTranspose, SeparableConv2D',
  Conv3DBackpropFilterV2: 'Conv3D',
  Conv3DBackpropInputV2: 'Conv3D',
  DepthwiseConv2dNativeBackpropFilter: 'DepthwiseConv2D, SeparableConv2D',
  DepthwiseConv2dNativeBackpropInput: 'DepthwiseConv2D, SeparableConv2D',
  Dilation2DBackpropFilter: 'dilation2d',
  Dilation2DBackpropInput: 'dilation2d',
  EluGrad: 'activation elu',
  LRNGrad: 'local response normalization',
  MaxPool3DGrad: 'MaxPooling3D',
  MaxPoolGrad: 'MaxPooling2D',
  ResizeBilinearGrad: 'UpSampling2D (bilinear)',
  ResizeNearestNeighborGrad: 'UpSampling2D (nearest)',
  RotateWithOffset: 'random rotation',
  Select: 'activations relu, selu, elu, leaky relu',
  Step: 'activation relu',
  Transform: 'random affine augmentation',
  UnsortedSegmentSum: 'Embedding, gather',
};

export interface MissingKernel {
  readonly kernel: string;
  /** What cannot be trained without it. */
  readonly neededFor: string;
}

/**
 * The training kernels that a backend has not registered. It finds what is absent, not what is wrong.
 *
 * @returns undefined where the backend has no kernel at all: it is not loaded
 * @example
 * missingTrainingKernels('cpu'); // []
 */
export function missingTrainingKernels(backendName: string): MissingKernel[] | undefined {
  const present = new Set(getKernelsForBackend(backendName).map(({ kernelName }) => kernelName));
  if (present.size === 0) return undefined;
  return Object.entries(trainingKernels)
    .filter(([kernel]) => !present.has(kernel))
    .map(([kernel, neededFor]) => ({ kernel, neededFor }));
}
