// Makes the layers known to tfjs-layers: an explicit call, since importing changes nothing.

import { serialization } from '@tensorflow/tfjs-core';
import { activationClasses } from './activations.js';
import { classes } from './classes.js';

/**
 * Registers all layers and activations of this package with `tf.serialization`, so that `loadLayersModel` and `fromConfig` find them.
 * Calling it again changes nothing more. To make layers and train them it is not needed.
 *
 * @example
 * import { loadLayersModel } from '@tensorflow/tfjs-layers';
 * import { registerLayers } from '@graftjs/layers';
 * registerLayers();
 * const model = await loadLayersModel('file://model.json');
 */
export function registerLayers(): void {
  for (const each of classes) serialization.registerClass(each);
  for (const each of activationClasses) serialization.registerClass(each);
}
