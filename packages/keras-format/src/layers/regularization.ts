// What draws random numbers in training, besides Dropout, and passes its input at other times.

import {
  alphaDropout,
  gaussianDropout,
  gaussianNoise,
  spatialDropout2d,
  spatialDropout3d,
} from '@graftjs/layers';
import { layers } from '@tensorflow/tfjs-layers';
import { dataFormat, dimensionsOrNull, real, same, seed } from '../fields.js';
import { entry, type LayerClasses } from './layer-class.js';

const spatial = { takesTrainable: false };
/** What Keras takes as the deviation of a noise. */
const fraction = same(
  'a number from 0 to 1',
  (value) => typeof value === 'number' && value >= 0 && value <= 1,
);
const maps = { rate: real, seed, data_format: dataFormat };

export const regularizationLayers: LayerClasses = {
  SpatialDropout1D: entry(layers.spatialDropout1d, { rate: real, seed }, spatial),
  SpatialDropout2D: entry(spatialDropout2d, maps, spatial),
  SpatialDropout3D: entry(spatialDropout3d, maps, spatial),
  GaussianNoise: entry(gaussianNoise, { stddev: fraction, seed }),
  GaussianDropout: entry(gaussianDropout, { rate: real, seed }),
  AlphaDropout: entry(alphaDropout, { rate: real, seed, noise_shape: dimensionsOrNull }),
};
