// The normalizations.

import { batchNormalization } from '@graftjs/layers';
import { axis, flag, real } from '../fields.js';
import { initializer } from '../objects.js';
import { entry, type LayerClasses, weight } from './layer-class.js';

export const normalizationLayers: LayerClasses = {
  BatchNormalization: entry(batchNormalization, {
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
};
