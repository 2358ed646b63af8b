// Finds what layers of a model draw random numbers from, where that can be taken up again.

import type { LayersModel } from '@tensorflow/tfjs-layers';
import { isResumable, type Resumable } from '../resumable.js';
import { leafLayers } from './layer-tree.js';

/** A layer that draws other numbers in each call: those that its generator gives next. */
export interface DrawingLayer {
  readonly seeds: Resumable;
}

/** The generators of a model's layers, in the order of the layers. */
export function generatorsOf(model: LayersModel): Resumable[] {
  return leafLayers(model).flatMap(({ layer }) => {
    const { seeds } = layer as Partial<DrawingLayer>;
    return typeof seeds === 'object' && isResumable(seeds) ? [seeds] : [];
  });
}
