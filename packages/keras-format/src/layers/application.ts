// Layers that Keras's applications define for themselves.

import { graftCustomScaleLayer, graftLayerScale, graftStochasticDepth } from '@graftjs/layers';
import { count, real } from '../fields.js';
import { entry, type LayerClasses } from './layer-class.js';

const convNeXt = { module: 'keras.src.applications.convnext' };
const inceptionResNet = { module: 'keras.src.applications.inception_resnet_v2', takesList: true };

export const applicationLayers: LayerClasses = {
  CustomScaleLayer: entry(graftCustomScaleLayer, { scale: real }, inceptionResNet),
  LayerScale: entry(graftLayerScale, { init_values: real, projection_dim: count }, convNeXt),
  StochasticDepth: entry(graftStochasticDepth, { drop_path_rate: real }, convNeXt),
};
