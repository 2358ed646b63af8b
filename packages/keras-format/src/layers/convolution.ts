// The convolutions.

import {
  conv1d,
  conv2d,
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
  only,
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
  Conv2DTranspose: entry(layers.conv2dTranspose, {
    ...{ filters: count, ...window },
    ...{ output_padding: only(null), dilation_rate: only([1, 1]) },
    ...affine,
    ...weight('kernel', 'GlorotUniform'),
  }),
  DepthwiseConv1D: entry(depthwiseConv1d, depthwise),
  DepthwiseConv2D: entry(depthwiseConv2d, depthwise, { configOf: depthwiseConfig }),
  SeparableConv1D: entry(separableConv1d, separable),
  SeparableConv2D: entry(separableConv2d, separable),
};

type StockArgs = Parameters<typeof layers.conv2d>[0];

/** That of tfjs-layers where it can: it fuses bias and activation into the convolution. */
function plainConv2d(args: Parameters<typeof conv2d>[0]): Layer {
  const rates = [args.dilationRate ?? 1].flat();
  const isPlain = (args.groups ?? 1) === 1 && rates.every((rate) => rate === 1);
  return isPlain ? layers.conv2d(args as StockArgs) : conv2d(args);
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
