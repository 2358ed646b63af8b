// Layers that do nothing when a model predicts.

import { inputOf, type Lowering } from './layer-call.js';

const classNames = [
  'ActivityRegularization',
  'AlphaDropout',
  'DropBlock2D',
  'Dropout',
  'GaussianDropout',
  'GaussianNoise',
  'Identity',
  'RandomBrightness',
  'RandomContrast',
  'RandomCrop',
  'RandomFlip',
  'RandomGrayscale',
  'RandomInvert',
  'RandomRotation',
  'RandomShear',
  'RandomTranslation',
  'RandomZoom',
  'Solarization',
  'SpatialDropout1D',
  'SpatialDropout2D',
  'SpatialDropout3D',
  'StochasticDepth',
];

export const identities: Readonly<Record<string, Lowering>> = Object.fromEntries(
  classNames.map((className) => [className, inputOf]),
);
