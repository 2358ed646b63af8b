// DenseNet121, DenseNet169 and DenseNet201: each layer sees all that came before it. Huang et al., arXiv:1608.06993.

import { averagePooling2d, batchNormalization, conv2d } from '@graftjs/layers';
import { layers, type LayersModel, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { createModel } from './create-model.js';
import { classify, pool } from './head.js';
import type { ModelOptions, ModelSettings } from './model-options.js';
import type { Network } from './network.js';

/** Layers in each dense block. */
const depths = {
  denseNet121: [6, 12, 24, 16],
  denseNet169: [6, 12, 32, 32],
  denseNet201: [6, 12, 48, 32],
};

/** Channels that each layer of a dense block adds. */
const growth = 32;

const epsilon = 1.001e-5;

/** `<prefix>bn`, `<prefix>relu` */
function bnRelu(net: Network, x: SymbolicTensor, prefix: string): SymbolicTensor {
  const y = net.add(batchNormalization({ epsilon, name: `${prefix}bn` }), x);
  return net.add(layers.activation({ activation: 'relu', name: `${prefix}relu` }), y);
}

function pad(net: Network, x: SymbolicTensor, by: number): SymbolicTensor {
  const padding: [[number, number], [number, number]] = [
    [by, by],
    [by, by],
  ];
  return net.add(layers.zeroPadding2d({ padding, name: net.autoName('zero_padding2d') }), x);
}

/** 1 × 1 to four times the growth, 3 × 3, beside the input. */
function denseLayer(net: Network, x: SymbolicTensor, name: string): SymbolicTensor {
  const bottleneck = { filters: 4 * growth, kernelSize: 1, useBias: false };
  const wide = { filters: growth, kernelSize: 3, padding: 'same', useBias: false } as const;
  let y = bnRelu(net, x, `${name}_0_`);
  y = net.add(conv2d({ ...bottleneck, name: `${name}_1_conv` }), y);
  y = bnRelu(net, y, `${name}_1_`);
  y = net.add(conv2d({ ...wide, name: `${name}_2_conv` }), y);
  return net.add(layers.concatenate({ axis: 3, name: `${name}_concat` }), [x, y]);
}

/** Half the channels, half the height and width. */
function transition(net: Network, x: SymbolicTensor, name: string): SymbolicTensor {
  const filters = Math.floor((x.shape[3] as number) / 2);
  let y = bnRelu(net, x, `${name}_`);
  y = net.add(conv2d({ filters, kernelSize: 1, useBias: false, name: `${name}_conv` }), y);
  return net.add(averagePooling2d({ poolSize: 2, strides: 2, name: `${name}_pool` }), y);
}

function build(net: Network, settings: ModelSettings, depth: readonly number[]): SymbolicTensor {
  const stem = { filters: 64, kernelSize: 7, strides: 2, useBias: false, name: 'conv1_conv' };
  let x = pad(net, net.input, 3);
  x = net.add(conv2d(stem), x);
  x = bnRelu(net, x, 'conv1_');
  x = pad(net, x, 1);
  x = net.add(layers.maxPooling2d({ poolSize: 3, strides: 2, name: 'pool1' }), x);
  for (const [block, count] of depth.entries()) {
    if (block > 0) x = transition(net, x, `pool${block + 1}`);
    for (let i = 1; i <= count; i++) x = denseLayer(net, x, `conv${block + 2}_block${i}`);
  }
  x = bnRelu(net, x, '');
  const { includeTop, pooling } = settings;
  x = pool(net, x, includeTop ? 'avg' : pooling, { avg: 'avg_pool', max: 'max_pool' });
  return includeTop ? classify(net, x, settings) : x;
}

function denseNet(model: keyof typeof depths, options: ModelOptions): Promise<LayersModel> {
  const architecture = {
    ...{ model, name: model.toLowerCase(), defaultSize: 224, minSize: 32 },
    build: (net: Network, settings: ModelSettings) => build(net, settings, depths[model]),
  };
  return createModel(architecture, options);
}

/**
 * DenseNet121: 8,062,504 parameters. Images of 224 × 224 pixels or another size from 32 on, preprocessed in the mode
 * `torch`.
 *
 * @returns a model from [batch, height, width, 3] to [batch, classes]; without the top to features of a 32nd of height and
 *   width and 1024 channels, or [batch, 1024] with `pooling`
 * @throws GraftError when an option is not allowed, or the weights cannot be had
 * @example
 * import '@tensorflow/tfjs-backend-cpu';
 * import { denseNet121 } from '@graftjs/model-zoo';
 * const model = await denseNet121({ weights: null, inputShape: [64, 64, 3], classes: 10 });
 * console.log(model.outputs[0].shape); // [null, 10]
 */
export function denseNet121(options: ModelOptions = {}): Promise<LayersModel> {
  return denseNet('denseNet121', options);
}

/** DenseNet169: as {@link denseNet121}, with 14,307,880 parameters and features of 1664 channels. */
export function denseNet169(options: ModelOptions = {}): Promise<LayersModel> {
  return denseNet('denseNet169', options);
}

/** DenseNet201: as {@link denseNet121}, with 20,242,984 parameters and features of 1920 channels. */
export function denseNet201(options: ModelOptions = {}): Promise<LayersModel> {
  return denseNet('denseNet201', options);
}
