// What prepares an input: scaling and resizing.

import type { LayerClasses } from './layer-class.js';

export const preprocessingLayers: LayerClasses = {};
