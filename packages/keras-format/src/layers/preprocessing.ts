// What prepares an input: scaling and resizing.

import {
  categoryEncoding,
  centerCrop,
  discretization,
  normalization,
  resizing,
} from '@graftjs/layers';
import { layers } from '@tensorflow/tfjs-layers';
import { axes, count, dataFormat, type Field, flag, only, real, same, word } from '../fields.js';
import { entry, type LayerClasses } from './layer-class.js';

const areNumbers = (value: unknown): boolean =>
  Array.isArray(value) ? value.every(areNumbers) : typeof value === 'number';
const numbers = same('a number or lists of numbers', areNumbers);
const numbersOrNull = same(
  'a number, lists of numbers, or null',
  (value) => value === null || areNumbers(value),
);

/** Null is no axis at all, and not the default. */
const axesOrNone: Field = {
  fromKeras: (value, where) => (value === null ? [] : axes.fromKeras(value, where)),
  toKeras: axes.toKeras,
};

const categories = { multi_hot: 'multiHot', one_hot: 'oneHot', count: 'count' };
const boundaries = same(
  'a list of numbers, found by adapt if not given',
  (value) => Array.isArray(value) && value.every((each) => typeof each === 'number'),
);
/** With the boundaries it says no more, and both together Keras refuses when it makes the layer. */
const silent: Field = { fromKeras: () => undefined, toKeras: () => undefined };

export const preprocessingLayers: LayerClasses = {
  Rescaling: entry(layers.rescaling, { scale: numbers, offset: numbers }),
  Normalization: entry(normalization, {
    axis: axesOrNone,
    mean: numbersOrNull,
    variance: numbersOrNull,
    invert: flag,
  }),
  Resizing: entry(resizing, {
    height: count,
    width: count,
    interpolation: word({
      nearest: 'nearest',
      bilinear: 'bilinear',
      bicubic: 'bicubic',
      lanczos3: 'lanczos3',
      lanczos5: 'lanczos5',
      area: 'area',
    }),
    crop_to_aspect_ratio: flag,
    pad_to_aspect_ratio: flag,
    fill_mode: only('constant'),
    fill_value: real,
    antialias: flag,
    data_format: dataFormat,
  }),
  CenterCrop: entry(centerCrop, { height: count, width: count, data_format: dataFormat }),
  CategoryEncoding: entry(categoryEncoding, { num_tokens: count, output_mode: word(categories) }),
  Discretization: entry(
    discretization,
    {
      bin_boundaries: boundaries,
      num_bins: silent,
      epsilon: silent,
      output_mode: word({ int: 'int', ...categories }),
    },
    { takesTrainable: false },
  ),
};
