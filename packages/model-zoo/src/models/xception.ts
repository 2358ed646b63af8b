// Xception: Inception with depthwise separable convolutions. Chollet, arXiv:1610.02357.

import { batchNormalization, conv2d, separableConv2d } from '@graftjs/layers';
import { layers, type LayersModel, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { createModel } from './create-model.js';
import { classify, pool } from './head.js';
import type { ModelOptions, ModelSettings } from './model-options.js';
import type { Network } from './network.js';

function relu(net: Network, x: SymbolicTensor, name: string): SymbolicTensor {
  return net.add(layers.activation({ activation: 'relu', name }), x);
}

/** Separable convolution and normalization. */
function separable(net: Network, x: SymbolicTensor, filters: number, name: string): SymbolicTensor {
  const convolution = { filters, kernelSize: 3, padding: 'same', useBias: false, name } as const;
  return net.add(
    batchNormalization({ name: `${name}_bn` }),
    net.add(separableConv2d(convolution), x),
  );
}

/** A convolution of the stem, with what follows it. */
function stem(
  net: Network,
  x: SymbolicTensor,
  { filters, strides, name }: { filters: number; strides: number; name: string },
): SymbolicTensor {
  x = net.add(conv2d({ filters, kernelSize: 3, strides, useBias: false, name }), x);
  x = net.add(batchNormalization({ name: `${name}_bn` }), x);
  return relu(net, x, `${name}_act`);
}

/** The shortcut past a block that halves height and width. */
function shortcut(net: Network, x: SymbolicTensor, filters: number): SymbolicTensor {
  const convolution = {
    filters,
    kernelSize: 1,
    strides: 2,
    padding: 'same',
    useBias: false,
  } as const;
  x = net.add(conv2d({ ...convolution, name: net.autoName('conv2d') }), x);
  return net.add(batchNormalization({ name: net.autoName('batch_normalization') }), x);
}

/** A block that halves height and width, of two separable convolutions. */
function halve(
  net: Network,
  x: SymbolicTensor,
  { block, filters }: { block: number; filters: readonly [number, number] },
): SymbolicTensor {
  const name = `block${block}`;
  const residual = shortcut(net, x, filters[1]);
  // The stem ends in an activation already.
  if (block > 2) x = relu(net, x, `${name}_sepconv1_act`);
  x = separable(net, x, filters[0], `${name}_sepconv1`);
  x = relu(net, x, `${name}_sepconv2_act`);
  x = separable(net, x, filters[1], `${name}_sepconv2`);
  const pooling = { poolSize: 3, strides: 2, padding: 'same', name: `${name}_pool` } as const;
  x = net.add(layers.maxPooling2d(pooling), x);
  return net.add(layers.add({ name: net.autoName('add') }), [x, residual]);
}

/** A block of the middle: three separable convolutions of the same size. */
function middle(net: Network, x: SymbolicTensor, block: number): SymbolicTensor {
  let y = x;
  for (let i = 1; i <= 3; i++) {
    const name = `block${block}_sepconv${i}`;
    y = separable(net, relu(net, y, `${name}_act`), 728, name);
  }
  return net.add(layers.add({ name: net.autoName('add') }), [y, x]);
}

function build(net: Network, settings: ModelSettings): SymbolicTensor {
  let x = stem(net, net.input, { filters: 32, strides: 2, name: 'block1_conv1' });
  x = stem(net, x, { filters: 64, strides: 1, name: 'block1_conv2' });
  x = halve(net, x, { block: 2, filters: [128, 128] });
  x = halve(net, x, { block: 3, filters: [256, 256] });
  x = halve(net, x, { block: 4, filters: [728, 728] });
  for (let block = 5; block <= 12; block++) x = middle(net, x, block);
  x = halve(net, x, { block: 13, filters: [728, 1024] });
  for (const [i, filters] of [1536, 2048].entries()) {
    const name = `block14_sepconv${i + 1}`;
    x = relu(net, separable(net, x, filters, name), `${name}_act`);
  }
  if (!settings.includeTop) return pool(net, x, settings.pooling);
  return classify(net, pool(net, x, 'avg', { avg: 'avg_pool' }), settings);
}

/**
 * Xception: 22,910,480 parameters. Images of 299 × 299 pixels or another size from 71 on, preprocessed in the mode `tf`.
 *
 * @returns a model from [batch, height, width, 3] to [batch, classes]; without the top to features of a 32nd of height and
 *   width and 2048 channels, or [batch, 2048] with `pooling`
 * @throws GraftError when an option is not allowed, or the weights cannot be had
 * @example
 * import '@tensorflow/tfjs-backend-cpu';
 * import { xception } from '@graftjs/model-zoo';
 * const model = await xception({ weights: null, includeTop: false, pooling: 'avg' });
 * console.log(model.outputs[0].shape); // [null, 2048]
 */
export function xception(options: ModelOptions = {}): Promise<LayersModel> {
  const rules = { defaultSize: 299, minSize: 71 };
  return createModel({ model: 'xception', name: 'xception', ...rules, build }, options);
}
