// EfficientNet-Lite0: EfficientNet-B0 for small devices, with relu6 and without squeeze-and-excitation. Tan and Le,
// arXiv:1905.11946; layers are named as in Keras's EfficientNets.

import {
  batchNormalization,
  conv2d,
  depthwiseConv2d,
  reLU,
  stochasticDepth,
} from '@graftjs/layers';
import {
  initializers,
  layers,
  type LayersModel,
  type SymbolicTensor,
} from '@tensorflow/tfjs-layers';
import { checkRate } from './check-rate.js';
import { createModel } from './create-model.js';
import { classify, pool } from './head.js';
import type { ModelOptions, ModelSettings } from './model-options.js';
import type { Network } from './network.js';

/** The options of {@link efficientNetLite0}. */
export interface EfficientNetLiteOptions extends ModelOptions {
  /** Share of the features that are dropped before the classifier in training. Default 0.2. */
  dropout?: number;
  /** How often the last block is passed over in training; earlier ones are less often, the first never. Default 0.2. */
  dropConnect?: number;
}

/** Blocks of one kind, one after the other; only the first has the stride. */
interface Stage {
  readonly kernelSize: number;
  readonly strides: number;
  /** How many times wider a block is inside. */
  readonly expansion: number;
  readonly filters: number;
  readonly blocks: number;
}

const stages: readonly Stage[] = [
  { kernelSize: 3, strides: 1, expansion: 1, filters: 16, blocks: 1 },
  { kernelSize: 3, strides: 2, expansion: 6, filters: 24, blocks: 2 },
  { kernelSize: 5, strides: 2, expansion: 6, filters: 40, blocks: 2 },
  { kernelSize: 3, strides: 2, expansion: 6, filters: 80, blocks: 3 },
  { kernelSize: 5, strides: 1, expansion: 6, filters: 112, blocks: 3 },
  { kernelSize: 5, strides: 2, expansion: 6, filters: 192, blocks: 4 },
  { kernelSize: 3, strides: 1, expansion: 6, filters: 320, blocks: 1 },
];

/** What the names of each block's layers begin with, in order: `block1a_`, `block2a_`, `block2b_`, … */
export const blockNames: readonly string[] = stages.flatMap(({ blocks }, i) =>
  Array.from({ length: blocks }, (_, k) => `block${i + 1}${'abcd'[k]}_`),
);

function normalize(net: Network, x: SymbolicTensor, name: string): SymbolicTensor {
  return net.add(batchNormalization({ epsilon: 1e-3, name }), x);
}

function relu6(net: Network, x: SymbolicTensor, name: string): SymbolicTensor {
  return net.add(reLU({ maxValue: 6, name }), x);
}

/** As Keras's EfficientNets start; what tfjs-layers calls `normal` is truncated, and its `truncatedNormal` is uniform. */
function heNormal() {
  const settings = { scale: 2, mode: 'fanOut', distribution: 'normal' } as const;
  return initializers.varianceScaling(settings);
}

function convolve(
  net: Network,
  x: SymbolicTensor,
  args: { filters: number; kernelSize: number; strides?: number; name: string },
): SymbolicTensor {
  const rest = { padding: 'same', useBias: false, kernelInitializer: heNormal() } as const;
  return net.add(conv2d({ ...args, ...rest }), x);
}

/** Wider, by channel, narrower again; and its input added where that has the same shape. */
function block(
  net: Network,
  x: SymbolicTensor,
  { name, drop, expansion, kernelSize, strides, filters }: Stage & { name: string; drop: number },
): SymbolicTensor {
  const channels = x.shape[3] as number;
  let y = x;
  if (expansion > 1) {
    const wide = channels * expansion;
    y = convolve(net, y, { filters: wide, kernelSize: 1, name: `${name}expand_conv` });
    y = relu6(net, normalize(net, y, `${name}expand_bn`), `${name}expand_activation`);
  }
  const rest = { padding: 'same', useBias: false, depthwiseInitializer: heNormal() } as const;
  y = net.add(depthwiseConv2d({ kernelSize, strides, ...rest, name: `${name}dwconv` }), y);
  y = relu6(net, normalize(net, y, `${name}bn`), `${name}activation`);
  y = convolve(net, y, { filters, kernelSize: 1, name: `${name}project_conv` });
  y = normalize(net, y, `${name}project_bn`);
  if (strides > 1 || channels !== filters) return y;
  y = net.add(stochasticDepth({ dropPathRate: drop, name: `${name}drop` }), y);
  return net.add(layers.add({ name: `${name}add` }), [y, x]);
}

function build(
  net: Network,
  settings: ModelSettings,
  { dropout, dropConnect }: { dropout: number; dropConnect: number },
): SymbolicTensor {
  let x = convolve(net, net.input, { filters: 32, kernelSize: 3, strides: 2, name: 'stem_conv' });
  x = relu6(net, normalize(net, x, 'stem_bn'), 'stem_activation');
  let number = 0;
  for (const stage of stages) {
    for (let k = 0; k < stage.blocks; k++) {
      const drop = (dropConnect * number) / blockNames.length;
      const name = blockNames[number++] as string;
      x = block(net, x, { ...stage, strides: k === 0 ? stage.strides : 1, name, drop });
    }
  }
  x = convolve(net, x, { filters: 1280, kernelSize: 1, name: 'top_conv' });
  x = relu6(net, normalize(net, x, 'top_bn'), 'top_activation');
  const names = { avg: 'avg_pool', max: 'max_pool' };
  if (!settings.includeTop) return pool(net, x, settings.pooling, names);
  x = pool(net, x, 'avg', names);
  return classify(
    net,
    net.add(layers.dropout({ rate: dropout, name: 'top_dropout' }), x),
    settings,
  );
}

/**
 * EfficientNet-Lite0: 4,694,024 parameters. Images of 224 × 224 pixels or another size from 32 on, preprocessed in the mode
 * `lite`. Its ImageNet weights are those of torch's model.
 *
 * @returns a model from [batch, height, width, 3] to [batch, classes]; without the top to features of a 32nd of height and
 *   width and 1280 channels, or [batch, 1280] with `pooling`
 * @throws GraftError when an option is not allowed, or the weights cannot be had
 * @example
 * import '@tensorflow/tfjs-backend-cpu';
 * import { efficientNetLite0 } from '@graftjs/model-zoo';
 * const model = await efficientNetLite0({ weights: null, includeTop: false, pooling: 'avg' });
 * console.log(model.outputs[0].shape); // [null, 1280]
 */
export async function efficientNetLite0(
  options: EfficientNetLiteOptions = {},
): Promise<LayersModel> {
  const { dropout = 0.2, dropConnect = 0.2 } = options;
  checkRate('dropout', dropout);
  checkRate('dropConnect', dropConnect);
  const names = { model: 'efficientNetLite0', name: 'efficientnet-lite0' } as const;
  const architecture = {
    ...{ ...names, defaultSize: 224, minSize: 32 },
    build: (net: Network, settings: ModelSettings) =>
      build(net, settings, { dropout, dropConnect }),
  };
  return createModel(architecture, options);
}
