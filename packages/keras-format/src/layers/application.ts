// Layers that Keras's applications define for themselves.

import { customScaleLayer, layerScale, stochasticDepth } from '@graftjs/layers';
import { count, real } from '../fields.js';
import { entry, type LayerClasses } from './layer-class.js';

const convNeXt = { module: 'keras.src.applications.convnext' };
const inceptionResNet = { module: 'keras.src.applications.inception_resnet_v2', takesList: true };

export const applicationLayers: LayerClasses = {
  CustomScaleLayer: entry(customScaleLayer, { scale: real }, inceptionResNet),
  LayerScale: entry(layerScale, { init_values: real, projection_dim: count }, convNeXt),
  StochasticDepth: entry(stochasticDepth, { drop_path_rate: real }, convNeXt),
};
