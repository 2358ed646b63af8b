// What pads, crops, repeats or turns its input.

import {
  cropping1d,
  cropping3d,
  upSampling1d,
  upSampling2d,
  upSampling3d,
  zeroPadding1d,
  zeroPadding3d,
} from '@graftjs/layers';
import { layers } from '@tensorflow/tfjs-layers';
import { count, counts, dataFormat, dimensions, pads, same, word } from '../fields.js';
import { entry, type LayerClasses } from './layer-class.js';

const isLength = (value: unknown) => Number.isSafeInteger(value) && (value as number) >= 0;
const isPair = (value: unknown) =>
  Array.isArray(value) && value.length === 2 && value.every(isLength);
const pair = same('two lengths', isPair);
const threePairs = same(
  'three pairs of lengths',
  (value) => Array.isArray(value) && value.length === 3 && value.every(isPair),
);
/** Keras has no `area` here. */
const interpolation = word({
  nearest: 'nearest',
  bilinear: 'bilinear',
  bicubic: 'bicubic',
  lanczos3: 'lanczos3',
  lanczos5: 'lanczos5',
});

export const reshapingLayers: LayerClasses = {
  Permute: entry(layers.permute, { dims: dimensions }),
  RepeatVector: entry(layers.repeatVector, { n: count }),
  ZeroPadding1D: entry(zeroPadding1d, { padding: pair, data_format: dataFormat }),
  ZeroPadding2D: entry(layers.zeroPadding2d, { padding: pads, data_format: dataFormat }),
  ZeroPadding3D: entry(zeroPadding3d, { padding: threePairs, data_format: dataFormat }),
  Cropping1D: entry(cropping1d, { cropping: pair }),
  Cropping2D: entry(layers.cropping2D, { cropping: pads, data_format: dataFormat }),
  Cropping3D: entry(cropping3d, { cropping: threePairs, data_format: dataFormat }),
  UpSampling1D: entry(upSampling1d, { size: count }),
  UpSampling2D: entry(upSampling2d, {
    size: counts,
    data_format: dataFormat,
    interpolation,
  }),
  UpSampling3D: entry(upSampling3d, { size: counts, data_format: dataFormat }),
};
