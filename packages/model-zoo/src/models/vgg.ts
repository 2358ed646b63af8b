// VGG16 and VGG19: stacks of 3 × 3 convolutions, and three dense layers. Simonyan and Zisserman, arXiv:1409.1556.

import { conv2d } from '@graftjs/layers';
import { layers, type LayersModel, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { createModel } from './create-model.js';
import { classify, dense, pool } from './head.js';
import type { ModelOptions, ModelSettings } from './model-options.js';
import type { Network } from './network.js';

/** Channels of each block's convolutions. */
const widths = [64, 128, 256, 512, 512];

/** Convolutions in each block. */
const depths = {
  vgg16: [2, 2, 3, 3, 3],
  vgg19: [2, 2, 4, 4, 4],
};

function block(net: Network, x: SymbolicTensor, number: number, depth: number): SymbolicTensor {
  const filters = widths[number - 1] as number;
  for (let i = 1; i <= depth; i++) {
    const name = `block${number}_conv${i}`;
    x = net.add(conv2d({ filters, kernelSize: 3, padding: 'same', activation: 'relu', name }), x);
  }
  return net.add(layers.maxPooling2d({ poolSize: 2, strides: 2, name: `block${number}_pool` }), x);
}

function build(net: Network, settings: ModelSettings, depth: readonly number[]): SymbolicTensor {
  let x = net.input;
  for (const [i, convolutions] of depth.entries()) x = block(net, x, i + 1, convolutions);
  if (!settings.includeTop) return pool(net, x, settings.pooling);
  x = net.add(layers.flatten({ name: 'flatten' }), x);
  x = net.add(dense({ units: 4096, activation: 'relu', name: 'fc1' }), x);
  x = net.add(dense({ units: 4096, activation: 'relu', name: 'fc2' }), x);
  return classify(net, x, settings);
}

function vgg(model: keyof typeof depths, options: ModelOptions): Promise<LayersModel> {
  const architecture = {
    ...{ model, name: model, defaultSize: 224, minSize: 32 },
    build: (net: Network, settings: ModelSettings) => build(net, settings, depths[model]),
  };
  return createModel(architecture, options);
}

/**
 * VGG16: 16 layers with weights, 138,357,544 parameters. Images of 224 × 224 pixels or another size from 32 on,
 * preprocessed in the mode `caffe`.
 *
 * @returns a model from [batch, height, width, 3] to [batch, classes]; without the top to features of a 32nd of height and
 *   width and 512 channels, or [batch, 512] with `pooling`
 * @throws GraftError when an option is not allowed, or the weights cannot be had
 * @example
 * import '@tensorflow/tfjs-backend-cpu';
 * import { vgg16 } from '@graftjs/model-zoo';
 * const model = await vgg16({ weights: null, includeTop: false, pooling: 'avg' });
 * console.log(model.outputs[0].shape); // [null, 512]
 */
export function vgg16(options: ModelOptions = {}): Promise<LayersModel> {
  return vgg('vgg16', options);
}

/** VGG19: as {@link vgg16}, with 19 layers with weights and 143,667,240 parameters. */
export function vgg19(options: ModelOptions = {}): Promise<LayersModel> {
  return vgg('vgg19', options);
}
