// What draws random numbers in training, besides Dropout, and passes its input at other times.

import { graftAlphaDropout, graftSpatialDropout2D, graftSpatialDropout3D } from '@graftjs/layers';
import { layers } from '@tensorflow/tfjs-layers';
import { dataFormat, dimensionsOrNull, real, seed } from '../fields.js';
import { entry, type LayerClasses } from './layer-class.js';

const spatial = { takesTrainable: false };
const maps = { rate: real, seed, data_format: dataFormat };

export const regularizationLayers: LayerClasses = {
  SpatialDropout1D: entry(layers.spatialDropout1d, { rate: real, seed }, spatial),
  SpatialDropout2D: entry(graftSpatialDropout2D, maps, spatial),
  SpatialDropout3D: entry(graftSpatialDropout3D, maps, spatial),
  GaussianNoise: entry(layers.gaussianNoise, { stddev: real, seed }),
  GaussianDropout: entry(layers.gaussianDropout, { rate: real, seed }),
  AlphaDropout: entry(graftAlphaDropout, { rate: real, seed, noise_shape: dimensionsOrNull }),
};
