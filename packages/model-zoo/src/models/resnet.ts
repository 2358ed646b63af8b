// ResNet50, ResNet101 and ResNet152: bottlenecks with shortcuts around them. He et al., arXiv:1512.03385.

import { batchNormalization, conv2d } from '@graftjs/layers';
import { layers, type LayersModel, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { createModel } from './create-model.js';
import { classify, pool } from './head.js';
import type { ModelOptions, ModelSettings } from './model-options.js';
import type { Network } from './network.js';

/** Bottlenecks in each stack. */
const depths = {
  resNet50: [3, 4, 6, 3],
  resNet101: [3, 4, 23, 3],
  resNet152: [3, 8, 36, 3],
};

const epsilon = 1.001e-5;

interface Convolution {
  readonly filters: number;
  readonly kernelSize: number;
  readonly strides?: number;
  readonly padding?: 'same';
}

/** A convolution and its normalization: `<name>_conv`, `<name>_bn`. */
function convBn(net: Network, x: SymbolicTensor, name: string, convolution: Convolution) {
  const y = net.add(conv2d({ ...convolution, name: `${name}_conv` }), x);
  return net.add(batchNormalization({ epsilon, name: `${name}_bn` }), y);
}

function relu(net: Network, x: SymbolicTensor, name: string): SymbolicTensor {
  return net.add(layers.activation({ activation: 'relu', name }), x);
}

/** 1 × 1 to fewer channels, 3 × 3, 1 × 1 to four times as many, plus the input, which the first of a stack projects. */
function bottleneck(
  net: Network,
  x: SymbolicTensor,
  name: string,
  { filters, strides, projects }: { filters: number; strides: number; projects: boolean },
): SymbolicTensor {
  const wide = { filters: 4 * filters, kernelSize: 1 };
  const shortcut = projects ? convBn(net, x, `${name}_0`, { ...wide, strides }) : x;
  let y = convBn(net, x, `${name}_1`, { filters, kernelSize: 1, strides });
  y = relu(net, y, `${name}_1_relu`);
  y = convBn(net, y, `${name}_2`, { filters, kernelSize: 3, padding: 'same' });
  y = relu(net, y, `${name}_2_relu`);
  y = convBn(net, y, `${name}_3`, wide);
  y = net.add(layers.add({ name: `${name}_add` }), [shortcut, y]);
  return relu(net, y, `${name}_out`);
}

function build(net: Network, settings: ModelSettings, depth: readonly number[]): SymbolicTensor {
  const pad = (by: number, name: string) =>
    layers.zeroPadding2d({
      padding: [
        [by, by],
        [by, by],
      ],
      name,
    });
  let x = net.add(pad(3, 'conv1_pad'), net.input);
  x = convBn(net, x, 'conv1', { filters: 64, kernelSize: 7, strides: 2 });
  x = relu(net, x, 'conv1_relu');
  x = net.add(pad(1, 'pool1_pad'), x);
  x = net.add(layers.maxPooling2d({ poolSize: 3, strides: 2, name: 'pool1_pool' }), x);
  for (const [stack, blocks] of depth.entries()) {
    for (let i = 1; i <= blocks; i++) {
      const strides = stack > 0 && i === 1 ? 2 : 1;
      const name = `conv${stack + 2}_block${i}`;
      x = bottleneck(net, x, name, { filters: 64 * 2 ** stack, strides, projects: i === 1 });
    }
  }
  const { includeTop, pooling } = settings;
  x = pool(net, x, includeTop ? 'avg' : pooling, { avg: 'avg_pool', max: 'max_pool' });
  return includeTop ? classify(net, x, settings) : x;
}

function resNet(model: keyof typeof depths, options: ModelOptions): Promise<LayersModel> {
  const architecture = {
    ...{ model, name: model.toLowerCase(), defaultSize: 224, minSize: 32 },
    build: (net: Network, settings: ModelSettings) => build(net, settings, depths[model]),
  };
  return createModel(architecture, options);
}

/**
 * ResNet50: 50 layers with weights, 25,636,712 parameters. Images of 224 × 224 pixels or another size from 32 on,
 * preprocessed in the mode `caffe`.
 *
 * @returns a model from [batch, height, width, 3] to [batch, classes]; without the top to features of a 32nd of height and
 *   width and 2048 channels, or [batch, 2048] with `pooling`
 * @throws GraftError when an option is not allowed, or the weights cannot be had
 * @example
 * import '@tensorflow/tfjs-backend-cpu';
 * import { resNet50 } from '@graftjs/model-zoo';
 * const model = await resNet50({ weights: null, inputShape: [64, 64, 3], classes: 10 });
 * console.log(model.outputs[0].shape); // [null, 10]
 */
export function resNet50(options: ModelOptions = {}): Promise<LayersModel> {
  return resNet('resNet50', options);
}

/** ResNet101: as {@link resNet50}, with 101 layers with weights and 44,707,176 parameters. */
export function resNet101(options: ModelOptions = {}): Promise<LayersModel> {
  return resNet('resNet101', options);
}

/** ResNet152: as {@link resNet50}, with 152 layers with weights and 60,419,944 parameters. */
export function resNet152(options: ModelOptions = {}): Promise<LayersModel> {
  return resNet('resNet152', options);
}
