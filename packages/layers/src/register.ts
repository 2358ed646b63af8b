// Makes the layers known to tfjs-layers: an explicit call, since importing changes nothing.

import { serialization } from '@tensorflow/tfjs-core';
import { activationClasses } from './activations.js';
import { classes } from './classes.js';
import { mendMasks } from './masks.js';
import { GraftOrthogonalRegularizer } from './orthogonal-regularizer.js';
import { GraftOrthogonal } from './orthogonal.js';

/**
 * Registers all layers, activations, initializers and regularizers of this package with `tf.serialization`, so that `loadLayersModel` and `fromConfig` find them.
 * It also mends how tfjs-layers hands masks from layer to layer, in all models. Calling it again changes nothing more. To
 * make layers and train them it is not needed.
 *
 * @example
 * import { loadLayersModel } from '@tensorflow/tfjs-layers';
 * import { registerLayers } from '@graftjs/layers';
 * registerLayers();
 * const model = await loadLayersModel('file://model.json');
 */
export function registerLayers(): void {
  mendMasks();
  for (const each of classes) serialization.registerClass(each);
  for (const each of activationClasses) serialization.registerClass(each);
  serialization.registerClass(GraftOrthogonal);
  serialization.registerClass(GraftOrthogonalRegularizer);
}
