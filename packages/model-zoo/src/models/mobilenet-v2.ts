// MobileNetV2: narrow outside, wide inside, shortcuts between the narrow places. Sandler et al., arXiv:1801.04381.

import { batchNormalization, conv2d, depthwiseConv2d, reLU } from '@graftjs/layers';
import { layers, type LayersModel, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { createModel } from './create-model.js';
import { classify, pool } from './head.js';
import type { ModelOptions, ModelSettings } from './model-options.js';
import type { Network } from './network.js';
import { checkAlpha, publishedSize, sizeLabel } from './width-multiplier.js';

/** The options of {@link mobileNetV2}. */
export interface MobileNetV2Options extends ModelOptions {
  /** Width of the network: what the number of filters of each layer is multiplied with. Default 1. */
  alpha?: number;
}

/** Filters, stride of the first, and number of blocks of each width. */
const stages: [filters: number, strides: number, blocks: number][] = [
  [16, 1, 1],
  [24, 2, 2],
  [32, 2, 3],
  [64, 2, 4],
  [96, 1, 3],
  [160, 2, 3],
  [320, 1, 1],
];

/** How much wider a block is inside; the first one is not. */
const expansion = 6;

const publishedAlphas = [0.35, 0.5, 0.75, 1, 1.3, 1.4];
const publishedSizes = [96, 128, 160, 192, 224];

function normalize(net: Network, x: SymbolicTensor, name: string): SymbolicTensor {
  return net.add(batchNormalization({ epsilon: 1e-3, momentum: 0.999, name }), x);
}

function relu6(net: Network, x: SymbolicTensor, name: string): SymbolicTensor {
  return net.add(reLU({ maxValue: 6, name }), x);
}

function block(
  net: Network,
  x: SymbolicTensor,
  number: number,
  { filters, strides }: { filters: number; strides: number },
): SymbolicTensor {
  const channels = x.shape[3] as number;
  const pointwise = { kernelSize: 1, padding: 'same', useBias: false } as const;
  let prefix = 'expanded_conv_';
  let y = x;
  if (number > 0) {
    prefix = `block_${number}_`;
    const expand = { ...pointwise, filters: expansion * channels, name: `${prefix}expand` };
    y = net.add(conv2d(expand), y);
    y = normalize(net, y, `${prefix}expand_BN`);
    y = relu6(net, y, `${prefix}expand_relu`);
  }
  if (strides === 2) {
    const padding: [[number, number], [number, number]] = [
      evenPad(y.shape[1]),
      evenPad(y.shape[2]),
    ];
    y = net.add(layers.zeroPadding2d({ padding, name: `${prefix}pad` }), y);
  }
  const padding = strides === 1 ? 'same' : 'valid';
  const depthwise = { kernelSize: 3, strides, padding, useBias: false } as const;
  y = net.add(depthwiseConv2d({ ...depthwise, name: `${prefix}depthwise` }), y);
  y = normalize(net, y, `${prefix}depthwise_BN`);
  y = relu6(net, y, `${prefix}depthwise_relu`);
  y = net.add(conv2d({ ...pointwise, filters, name: `${prefix}project` }), y);
  y = normalize(net, y, `${prefix}project_BN`);
  if (channels !== filters || strides !== 1) return y;
  return net.add(layers.add({ name: `${prefix}add` }), [x, y]);
}

/** What a 3 × 3 kernel of stride 2 needs around an even length, or an unknown one, and around an odd one. */
function evenPad(length: number | null | undefined): [number, number] {
  return [length == null || length % 2 === 0 ? 0 : 1, 1];
}

/** The nearest multiple of 8, which must not be less than 0.9 times the value. */
function multipleOf8(value: number): number {
  const nearest = Math.max(8, Math.floor(Math.trunc(value + 4) / 8) * 8);
  return nearest < 0.9 * value ? nearest + 8 : nearest;
}

function build(net: Network, settings: ModelSettings, alpha: number): SymbolicTensor {
  const stem = { kernelSize: 3, strides: 2, padding: 'same', useBias: false } as const;
  let x = net.add(conv2d({ ...stem, filters: multipleOf8(32 * alpha), name: 'Conv1' }), net.input);
  x = normalize(net, x, 'bn_Conv1');
  x = relu6(net, x, 'Conv1_relu');
  let number = 0;
  for (const [width, first, blocks] of stages) {
    const filters = multipleOf8(Math.trunc(width * alpha));
    for (let i = 0; i < blocks; i++) {
      x = block(net, x, number++, { filters, strides: i === 0 ? first : 1 });
    }
  }
  // A narrower network keeps its last layer, as the paper says.
  const filters = alpha > 1 ? multipleOf8(1280 * alpha) : 1280;
  x = net.add(conv2d({ filters, kernelSize: 1, useBias: false, name: 'Conv_1' }), x);
  x = normalize(net, x, 'Conv_1_bn');
  x = relu6(net, x, 'out_relu');
  if (!settings.includeTop) return pool(net, x, settings.pooling);
  return classify(net, pool(net, x, 'avg'), settings);
}

/**
 * MobileNetV2: 3,538,984 parameters with `alpha` 1. Images of 224 × 224 pixels or another size from 32 on, preprocessed in
 * the mode `tf`. ImageNet's weights are published for the alphas 0.35, 0.5, 0.75, 1, 1.3 and 1.4, and trained at 96, 128,
 * 160, 192 and 224 pixels.
 *
 * @returns a model from [batch, height, width, 3] to [batch, classes]; without the top to features of a 32nd of height and
 *   width and 1280 channels (more with an alpha above 1), or [batch, 1280] with `pooling`
 * @throws GraftError when an option is not allowed, or the weights cannot be had
 * @example
 * import '@tensorflow/tfjs-backend-cpu';
 * import { mobileNetV2 } from '@graftjs/model-zoo';
 * const model = await mobileNetV2({ weights: null, alpha: 0.35, includeTop: false });
 * console.log(model.outputs[0].shape); // [null, null, null, 1280]
 */
export async function mobileNetV2(options: MobileNetV2Options = {}): Promise<LayersModel> {
  const { alpha = 1, weights, inputShape } = options;
  checkAlpha(alpha, weights, publishedAlphas);
  return createModel(
    {
      model: 'mobileNetV2',
      name: (settings) => `mobilenetv2_${sizeLabel(alpha, settings.inputShape)}`,
      defaultSize: publishedSize(inputShape, publishedSizes),
      minSize: 32,
      alpha,
      build: (net, settings) => build(net, settings, alpha),
    },
    options,
  );
}
