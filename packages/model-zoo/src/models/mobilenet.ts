// MobileNet: depthwise and pointwise convolutions in turn. Howard et al., arXiv:1704.04861.

import { invalidArgument } from '@graftjs/core';
import {
  batchNormalization,
  conv2d,
  depthwiseConv2d,
  globalAveragePooling2d,
  reLU,
} from '@graftjs/layers';
import { layers, type LayersModel, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { checkRate } from './check-rate.js';
import { activationOf } from './classifier-activation.js';
import { createModel } from './create-model.js';
import { pool } from './head.js';
import type { ModelOptions, ModelSettings } from './model-options.js';
import type { Network } from './network.js';
import { checkAlpha, publishedSize, sizeLabel } from './width-multiplier.js';

/** The options of {@link mobileNet}. */
export interface MobileNetOptions extends ModelOptions {
  /** Width of the network: what the number of filters of each layer is multiplied with. Default 1. */
  alpha?: number;
  /** Depthwise filters for each channel. Default 1, which ImageNet's weights need. */
  depthMultiplier?: number;
  /** Share of the pooled features that the classifier is not shown in training. Default 0.001. */
  dropout?: number;
}

type Widths = Required<Pick<MobileNetOptions, 'alpha' | 'depthMultiplier' | 'dropout'>>;

/** Filters, stride of the first, and number of blocks of each width. */
const stages: [filters: number, strides: number, blocks: number][] = [
  [64, 1, 1],
  [128, 2, 2],
  [256, 2, 2],
  [512, 2, 6],
  [1024, 2, 2],
];

const publishedAlphas = [0.25, 0.5, 0.75, 1];
const publishedSizes = [128, 160, 192, 224];

/** `<name>_bn`, `<name>_relu` */
function bnRelu(net: Network, x: SymbolicTensor, name: string): SymbolicTensor {
  const y = net.add(batchNormalization({ name: `${name}_bn` }), x);
  return net.add(reLU({ maxValue: 6, name: `${name}_relu` }), y);
}

function block(
  net: Network,
  x: SymbolicTensor,
  number: number,
  layer: { filters: number; strides: number; depthMultiplier: number },
): SymbolicTensor {
  const { filters, strides, depthMultiplier } = layer;
  const padding = strides === 1 ? 'same' : 'valid';
  const ends: [[number, number], [number, number]] = [
    [0, 1],
    [0, 1],
  ];
  const pad = layers.zeroPadding2d({ padding: ends, name: `conv_pad_${number}` });
  let y = strides === 1 ? x : net.add(pad, x);
  const depthwise = { kernelSize: 3, strides, padding, depthMultiplier, useBias: false } as const;
  y = net.add(depthwiseConv2d({ ...depthwise, name: `conv_dw_${number}` }), y);
  y = bnRelu(net, y, `conv_dw_${number}`);
  const pointwise = { filters, kernelSize: 1, padding: 'same', useBias: false } as const;
  y = net.add(conv2d({ ...pointwise, name: `conv_pw_${number}` }), y);
  return bnRelu(net, y, `conv_pw_${number}`);
}

function build(net: Network, settings: ModelSettings, widths: Widths): SymbolicTensor {
  const { alpha, depthMultiplier, dropout } = widths;
  const scaled = (filters: number) => Math.trunc(filters * alpha);
  const stem = { kernelSize: 3, strides: 2, padding: 'same', useBias: false } as const;
  let x = net.add(conv2d({ ...stem, filters: scaled(32), name: 'conv1' }), net.input);
  x = bnRelu(net, x, 'conv1');
  let number = 0;
  for (const [width, first, blocks] of stages) {
    for (let i = 0; i < blocks; i++) {
      const strides = i === 0 ? first : 1;
      x = block(net, x, ++number, { filters: scaled(width), strides, depthMultiplier });
    }
  }
  return settings.includeTop ? top(net, x, settings, dropout) : pool(net, x, settings.pooling);
}

/** A classifier that is a convolution of one place. */
function top(
  net: Network,
  x: SymbolicTensor,
  { classes, classifierActivation }: ModelSettings,
  rate: number,
): SymbolicTensor {
  const name = net.autoName('global_average_pooling2d');
  let y = net.add(globalAveragePooling2d({ keepdims: true, name }), x);
  y = net.add(layers.dropout({ rate, name: 'dropout' }), y);
  const classifier = { filters: classes, kernelSize: 1, padding: 'same' } as const;
  y = net.add(conv2d({ ...classifier, name: 'conv_preds' }), y);
  y = net.add(layers.reshape({ targetShape: [classes], name: 'reshape_2' }), y);
  const activation = activationOf(classifierActivation);
  return net.add(layers.activation({ activation, name: 'predictions' }), y);
}

/**
 * MobileNet: 4,253,864 parameters with `alpha` 1. Images of 224 × 224 pixels or another size from 32 on, preprocessed in the
 * mode `tf`. ImageNet's weights are published for the alphas 0.25, 0.5, 0.75 and 1, and trained at 128, 160, 192 and 224
 * pixels.
 *
 * @returns a model from [batch, height, width, 3] to [batch, classes]; without the top to features of a 32nd of height and
 *   width and 1024 · alpha channels, or [batch, 1024 · alpha] with `pooling`
 * @throws GraftError when an option is not allowed, or the weights cannot be had
 * @example
 * import '@tensorflow/tfjs-backend-cpu';
 * import { mobileNet } from '@graftjs/model-zoo';
 * const model = await mobileNet({ weights: null, alpha: 0.25, classes: 10 });
 * console.log(model.outputs[0].shape); // [null, 10]
 */
export async function mobileNet(options: MobileNetOptions = {}): Promise<LayersModel> {
  const { alpha = 1, depthMultiplier = 1, dropout = 1e-3, weights = 'imagenet' } = options;
  checkAlpha(alpha, weights, publishedAlphas);
  if (!(Number.isSafeInteger(depthMultiplier) && depthMultiplier > 0)) {
    throw invalidArgument('depthMultiplier', 'a positive integer', depthMultiplier);
  }
  if (weights === 'imagenet' && depthMultiplier !== 1) {
    throw invalidArgument('depthMultiplier', '1 with the weights of imagenet', depthMultiplier);
  }
  checkRate('dropout', dropout);
  return createModel(
    {
      model: 'mobileNet',
      name: ({ inputShape }) => `mobilenet_${sizeLabel(alpha, inputShape)}`,
      defaultSize: publishedSize(options.inputShape, publishedSizes),
      minSize: 32,
      alpha,
      build: (net, settings) => build(net, settings, { alpha, depthMultiplier, dropout }),
    },
    options,
  );
}
