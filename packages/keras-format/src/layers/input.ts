// InputLayer.

import { layers } from '@tensorflow/tfjs-layers';
import { shape, word } from '../fields.js';
import { entry, type LayerClasses } from './layer-class.js';

export const inputLayers: LayerClasses = {
  InputLayer: entry(layers.inputLayer, {
    batch_shape: { ...shape, argument: 'batchInputShape' },
    dtype: word({ float32: 'float32', int32: 'int32', bool: 'bool' }),
  }),
};
