// The convolutions.

import {
  conv1d,
  conv1dTranspose,
  conv2d,
  conv2dTranspose,
  conv3d,
  conv3dTranspose,
  depthwiseConv1d,
  depthwiseConv2d,
  separableConv1d,
  separableConv2d,
} from '@graftjs/layers';
import { layers } from '@tensorflow/tfjs-layers';
import {
  type Config,
  count,
  counts,
  dataFormat,
  type Field,
  type Fields,
  lengthsOrNull,
  padding,
  word,
} from '../fields.js';
import { affine, entry, type Layer, type LayerClasses, weight } from './layer-class.js';

const window: Fields = { kernel_size: counts, strides: counts, padding, data_format: dataFormat };

/** Layers of tfjs-layers have none, and are written as what they are. */
const groups: Field = {
  fromKeras: count.fromKeras,
  toKeras: (value, where) => count.toKeras(value ?? 1, where),
};

const convolution: Fields = {
  filters: count,
  ...window,
  dilation_rate: counts,
  groups,
  ...affine,
  ...weight('kernel', 'GlorotUniform'),
};
const transposed: Fields = {
  filters: count,
  ...window,
  dilation_rate: counts,
  // Layers of tfjs-layers have none.
  output_padding: {
    fromKeras: lengthsOrNull.fromKeras,
    toKeras: (value, where) => lengthsOrNull.toKeras(value ?? null, where),
  },
  ...affine,
  ...weight('kernel', 'GlorotUniform'),
};
const causal: Fields = {
  padding: word({ valid: 'valid', same: 'same', causal: 'causal' }),
};
const depthwise: Fields = {
  ...window,
  depth_multiplier: count,
  dilation_rate: counts,
  ...affine,
  ...weight('depthwise', 'GlorotUniform'),
};
const separable: Fields = {
  filters: count,
  ...depthwise,
  ...weight('pointwise', 'GlorotUniform'),
};

export const convolutionLayers: LayerClasses = {
  Conv1D: entry(conv1d, { ...convolution, ...causal }),
  Conv2D: entry(plainConv2d, convolution),
  Conv3D: entry(plainConv3d, convolution),
  Conv1DTranspose: entry(conv1dTranspose, transposed),
  Conv2DTranspose: entry(plainConv2dTranspose, transposed),
  Conv3DTranspose: entry(conv3dTranspose, transposed),
  DepthwiseConv1D: entry(depthwiseConv1d, depthwise),
  DepthwiseConv2D: entry(depthwiseConv2d, depthwise, { configOf: depthwiseConfig }),
  SeparableConv1D: entry(separableConv1d, separable),
  SeparableConv2D: entry(separableConv2d, separable),
};

type StockArgs = Parameters<typeof layers.conv2d>[0];
type ConvArgs = Parameters<typeof conv2d>[0];
type TransposeArgs = Parameters<typeof conv2dTranspose>[0];

/** Those of tfjs-layers where they can: they fuse bias and activation into the convolution. */
function plainConv2d(args: ConvArgs): Layer {
  return isPlain(args) ? layers.conv2d(args as StockArgs) : conv2d(args);
}

function plainConv3d(args: ConvArgs): Layer {
  return isPlain(args) ? layers.conv3d(args as StockArgs) : conv3d(args);
}

function plainConv2dTranspose(args: TransposeArgs): Layer {
  const { outputPadding = null } = args;
  const isStock = isPlain(args) && outputPadding === null;
  return isStock ? layers.conv2dTranspose(args as StockArgs) : conv2dTranspose(args);
}

function isPlain({ groups = 1, dilationRate = 1 }: Pick<ConvArgs, 'groups' | 'dilationRate'>) {
  return groups === 1 && [dilationRate].flat().every((rate) => rate === 1);
}

/** The getConfig of tfjs 4.22 gives the regularizer for the constraint, and a dilation that is never applied. */
function depthwiseConfig(layer: Layer): Config {
  const config = layer.getConfig();
  if (layer.getClassName() !== 'DepthwiseConv2D') return config;
  const held = Reflect.get(layer, 'depthwiseConstraint') as
    { getClassName(): string; getConfig(): object } | null | undefined;
  const depthwiseConstraint = held
    ? { className: held.getClassName(), config: held.getConfig() }
    : null;
  return { ...config, depthwiseConstraint, dilationRate: [1, 1] };
}
