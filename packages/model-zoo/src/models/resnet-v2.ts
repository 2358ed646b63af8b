// ResNet50V2, ResNet101V2 and ResNet152V2: normalized and activated before each convolution. He et al., arXiv:1603.05027.

import { batchNormalization, conv2d } from '@graftjs/layers';
import { layers, type LayersModel, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { createModel } from './create-model.js';
import { classify, pool } from './head.js';
import type { ModelOptions, ModelSettings } from './model-options.js';
import type { Network } from './network.js';

/** Bottlenecks in each stack. */
const depths = {
  resNet50V2: [3, 4, 6, 3],
  resNet101V2: [3, 4, 23, 3],
  resNet152V2: [3, 8, 36, 3],
};

const epsilon = 1.001e-5;

/** `<name>_bn`, `<name>_relu` */
function bnRelu(net: Network, x: SymbolicTensor, name: string): SymbolicTensor {
  const y = net.add(batchNormalization({ epsilon, name: `${name}_bn` }), x);
  return net.add(layers.activation({ activation: 'relu', name: `${name}_relu` }), y);
}

function pad(net: Network, x: SymbolicTensor, by: number, name: string): SymbolicTensor {
  const padding: [[number, number], [number, number]] = [
    [by, by],
    [by, by],
  ];
  return net.add(layers.zeroPadding2d({ padding, name }), x);
}

/** The first bottleneck of a stack projects its input; the last one halves height and width, but for the last stack's. */
function bottleneck(
  net: Network,
  x: SymbolicTensor,
  name: string,
  { filters, strides, projects }: { filters: number; strides: number; projects: boolean },
): SymbolicTensor {
  const before = bnRelu(net, x, `${name}_preact`);
  const wide = (part: string) =>
    conv2d({ filters: 4 * filters, kernelSize: 1, name: `${name}_${part}_conv` });
  let shortcut = x;
  if (projects) {
    shortcut = net.add(wide('0'), before);
  } else if (strides > 1) {
    const thinned = { poolSize: 1, strides, name: net.autoName('max_pooling2d') };
    shortcut = net.add(layers.maxPooling2d(thinned), x);
  }
  const narrow = { filters, useBias: false };
  let y = net.add(conv2d({ ...narrow, kernelSize: 1, name: `${name}_1_conv` }), before);
  y = bnRelu(net, y, `${name}_1`);
  y = pad(net, y, 1, `${name}_2_pad`);
  y = net.add(conv2d({ ...narrow, kernelSize: 3, strides, name: `${name}_2_conv` }), y);
  y = bnRelu(net, y, `${name}_2`);
  y = net.add(wide('3'), y);
  return net.add(layers.add({ name: `${name}_out` }), [shortcut, y]);
}

function build(net: Network, settings: ModelSettings, depth: readonly number[]): SymbolicTensor {
  let x = pad(net, net.input, 3, 'conv1_pad');
  x = net.add(conv2d({ filters: 64, kernelSize: 7, strides: 2, name: 'conv1_conv' }), x);
  x = pad(net, x, 1, 'pool1_pad');
  x = net.add(layers.maxPooling2d({ poolSize: 3, strides: 2, name: 'pool1_pool' }), x);
  for (const [stack, blocks] of depth.entries()) {
    for (let i = 1; i <= blocks; i++) {
      const strides = i === blocks && stack < depth.length - 1 ? 2 : 1;
      const name = `conv${stack + 2}_block${i}`;
      x = bottleneck(net, x, name, { filters: 64 * 2 ** stack, strides, projects: i === 1 });
    }
  }
  x = bnRelu(net, x, 'post');
  const { includeTop, pooling } = settings;
  x = pool(net, x, includeTop ? 'avg' : pooling, { avg: 'avg_pool', max: 'max_pool' });
  return includeTop ? classify(net, x, settings) : x;
}

function resNetV2(model: keyof typeof depths, options: ModelOptions): Promise<LayersModel> {
  const architecture = {
    ...{ model, name: model.toLowerCase(), defaultSize: 224, minSize: 32 },
    build: (net: Network, settings: ModelSettings) => build(net, settings, depths[model]),
  };
  return createModel(architecture, options);
}

/**
 * ResNet50V2: 25,613,800 parameters. Images of 224 × 224 pixels or another size from 32 on, preprocessed in the mode `tf`.
 *
 * @returns a model from [batch, height, width, 3] to [batch, classes]; without the top to features of a 32nd of height and
 *   width and 2048 channels, or [batch, 2048] with `pooling`
 * @throws GraftError when an option is not allowed, or the weights cannot be had
 * @example
 * import '@tensorflow/tfjs-backend-cpu';
 * import { resNet50V2 } from '@graftjs/model-zoo';
 * const model = await resNet50V2({ weights: null, inputShape: [64, 64, 3], classes: 10 });
 * console.log(model.outputs[0].shape); // [null, 10]
 */
export function resNet50V2(options: ModelOptions = {}): Promise<LayersModel> {
  return resNetV2('resNet50V2', options);
}

/** ResNet101V2: as {@link resNet50V2}, with 44,675,560 parameters. */
export function resNet101V2(options: ModelOptions = {}): Promise<LayersModel> {
  return resNetV2('resNet101V2', options);
}

/** ResNet152V2: as {@link resNet50V2}, with 60,380,648 parameters. */
export function resNet152V2(options: ModelOptions = {}): Promise<LayersModel> {
  return resNetV2('resNet152V2', options);
}
