// The layers that can be read and written: one entry each, its Keras config field by field, in one table a group.

import { activationLayers } from './activation.js';
import { applicationLayers } from './application.js';
import { attentionLayers } from './attention.js';
import { cellLayers } from './cell.js';
import { augmentationLayers } from './augmentation.js';
import { convolutionLayers } from './convolution.js';
import { coreLayers } from './core.js';
import { inputLayers } from './input.js';
import type { LayerClass, LayerClasses } from './layer-class.js';
import { mergeLayers } from './merge.js';
import { normalizationLayers } from './normalization.js';
import { poolingLayers } from './pooling.js';
import { preprocessingLayers } from './preprocessing.js';
import { recurrentLayers } from './recurrent.js';
import { regularizationLayers } from './regularization.js';
import { reshapingLayers } from './reshaping.js';
import { sequenceLayers } from './sequence.js';
import { wrapperLayers } from './wrapper.js';

export type { Layer } from './layer-class.js';

/** By Keras's class name. */
export const layerClasses: LayerClasses = {
  ...inputLayers,
  ...coreLayers,
  ...convolutionLayers,
  ...normalizationLayers,
  ...poolingLayers,
  ...reshapingLayers,
  ...activationLayers,
  ...mergeLayers,
  ...preprocessingLayers,
  ...augmentationLayers,
  ...regularizationLayers,
  ...applicationLayers,
  ...sequenceLayers,
  ...recurrentLayers,
  ...cellLayers,
  ...wrapperLayers,
  ...attentionLayers,
};

/** What Keras calls a class of tfjs-layers or of `@graftjs/layers`, whose names have `Graft` before Keras's. */
export function kerasClassName(className: string): string {
  return className.replace(/^Graft(?=[A-Z])/, '');
}

/** The entry of a Keras class, if there is one: names come from files. */
export function layerClass(kerasName: string): LayerClass | undefined {
  return Object.hasOwn(layerClasses, kerasName) ? layerClasses[kerasName] : undefined;
}
