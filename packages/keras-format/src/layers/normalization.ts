// The normalizations.

import {
  batchNormalization,
  groupNormalization,
  layerNormalization,
  rmsNormalization,
  unitNormalization,
} from '@graftjs/layers';
import { axes, axis, type Fields, flag, only, real } from '../fields.js';
import { initializer } from '../objects.js';
import { entry, type LayerClasses, weight } from './layer-class.js';

const affine: Fields = {
  epsilon: real,
  center: flag,
  scale: flag,
  ...weight('beta', 'Zeros'),
  ...weight('gamma', 'Ones'),
};

export const normalizationLayers: LayerClasses = {
  BatchNormalization: entry(batchNormalization, {
    axis,
    momentum: real,
    ...affine,
    moving_mean_initializer: initializer('Zeros'),
    moving_variance_initializer: initializer('Ones'),
  }),
  GroupNormalization: entry(groupNormalization, { groups: axis, axis, ...affine }),
  LayerNormalization: entry(layerNormalization, {
    axis: axes,
    rms_scaling: only(false),
    ...affine,
  }),
  RMSNormalization: entry(rmsNormalization, { axis: axes, epsilon: real }),
  UnitNormalization: entry(unitNormalization, { axis: axes }),
};
