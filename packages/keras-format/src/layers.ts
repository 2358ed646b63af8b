// The layers that can be read and written: one entry each, its Keras config field by field.

import { layers } from '@tensorflow/tfjs-layers';
import {
  axis,
  count,
  counts,
  countsOrNull,
  dataFormat,
  dimensions,
  dimensionsOrNull,
  type Config,
  type Field,
  type Fields,
  flag,
  only,
  padding,
  pads,
  real,
  realOrNull,
  seed,
  shape,
  word,
} from './fields.js';
import { activation, constraint, initializer, regularizer } from './objects.js';

export type Layer = layers.Layer;

/** A layer in both languages. */
export interface LayerClass {
  /** Without `name`, `trainable` and `dtype`, which all layers have. */
  readonly fields: Fields;
  /** Keras calls it with a list of tensors, even if it holds one. */
  readonly takesList: boolean;
  make(args: unknown): Layer;
  /** The layer's config in tfjs-layers. */
  configOf(layer: Layer): Config;
}

function entry<Args>(
  factory: (args: Args) => Layer,
  fields: Fields,
  rest: Partial<LayerClass> = {},
): LayerClass {
  return {
    fields,
    takesList: false,
    make: (args) => factory(args as Args),
    configOf: (layer) => layer.getConfig(),
    ...rest,
  };
}

/** A weight's initializer, regularizer and constraint. */
function weight(name: string, standardInitializer: string): Fields {
  return {
    [`${name}_initializer`]: initializer(standardInitializer),
    [`${name}_regularizer`]: regularizer,
    [`${name}_constraint`]: constraint,
  };
}

/** What Dense and the convolutions share. */
const affine: Fields = {
  activation,
  use_bias: flag,
  ...weight('bias', 'Zeros'),
  // tfjs-layers accepts one and never applies it.
  activity_regularizer: only(null),
};

const window: Fields = { kernel_size: counts, strides: counts, padding, data_format: dataFormat };
const pooling: Fields = {
  pool_size: counts,
  strides: countsOrNull,
  padding,
  data_format: dataFormat,
};
const globalPooling: Fields = { data_format: dataFormat, keepdims: only(false) };

/** tfjs has the last axis only, which its layer calls 1 where nobody chose. */
const lastAxis: Field = {
  fromKeras: (value, where) => {
    only(-1).fromKeras(value, where);
    return -1;
  },
  toKeras: () => -1,
};

/** tfjs keeps the length that is to be inferred as null. */
const targetShape: Field = {
  fromKeras: dimensions.fromKeras,
  toKeras: (value, where) =>
    dimensions.toKeras(
      (value as (number | null)[]).map((length) => length ?? -1),
      where,
    ),
};

/** By class name, which is the same in Keras and in tfjs-layers. */
export const layerClasses: Readonly<Record<string, LayerClass>> = {
  InputLayer: entry(layers.inputLayer, {
    batch_shape: { ...shape, argument: 'batchInputShape' },
    dtype: word({ float32: 'float32', int32: 'int32', bool: 'bool' }),
  }),
  Dense: entry(layers.dense, { units: count, ...affine, ...weight('kernel', 'GlorotUniform') }),
  Flatten: entry(layers.flatten, { data_format: dataFormat }),
  Reshape: entry(layers.reshape, { target_shape: targetShape }),
  Activation: entry(layers.activation, { activation }),
  ReLU: entry(layers.reLU, {
    max_value: realOrNull,
    negative_slope: only(0),
    threshold: only(0),
  }),
  Softmax: entry(layers.softmax, { axis: lastAxis }),
  Dropout: entry(layers.dropout, { rate: real, seed, noise_shape: dimensionsOrNull }),
  BatchNormalization: entry(layers.batchNormalization, {
    axis,
    momentum: real,
    epsilon: real,
    center: flag,
    scale: flag,
    ...weight('beta', 'Zeros'),
    ...weight('gamma', 'Ones'),
    moving_mean_initializer: initializer('Zeros'),
    moving_variance_initializer: initializer('Ones'),
  }),
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
  MaxPooling2D: entry(layers.maxPooling2d, pooling),
  AveragePooling2D: entry(layers.averagePooling2d, pooling),
  GlobalAveragePooling2D: entry(layers.globalAveragePooling2d, globalPooling),
  GlobalMaxPooling2D: entry(layers.globalMaxPooling2d, globalPooling),
  ZeroPadding2D: entry(layers.zeroPadding2d, { padding: pads, data_format: dataFormat }),
  Add: entry(layers.add, {}, { takesList: true }),
  Concatenate: entry(layers.concatenate, { axis }, { takesList: true }),
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
