// The convolutions.

import { layers } from '@tensorflow/tfjs-layers';
import { type Config, count, counts, dataFormat, type Fields, only, padding } from '../fields.js';
import { affine, entry, type Layer, type LayerClasses, weight } from './layer-class.js';

const window: Fields = { kernel_size: counts, strides: counts, padding, data_format: dataFormat };

export const convolutionLayers: LayerClasses = {
  Conv2D: entry(layers.conv2d, {
    filters: count,
    ...window,
    dilation_rate: counts,
    groups: only(1),
    ...affine,
    ...weight('kernel', 'GlorotUniform'),
  }),
  DepthwiseConv2D: entry(
    layers.depthwiseConv2d,
    {
      ...window,
      depth_multiplier: count,
      // tfjs-layers accepts others and never applies them.
      dilation_rate: only([1, 1]),
      ...affine,
      ...weight('depthwise', 'GlorotUniform'),
    },
    { configOf: depthwiseConfig },
  ),
};

/** The getConfig of tfjs 4.22 gives the regularizer for the constraint. */
function depthwiseConfig(layer: Layer): Config {
  const config = layer.getConfig();
  const held = Reflect.get(layer, 'depthwiseConstraint') as
    { getClassName(): string; getConfig(): object } | null | undefined;
  const depthwiseConstraint = held
    ? { className: held.getClassName(), config: held.getConfig() }
    : null;
  return { ...config, depthwiseConstraint };
}
