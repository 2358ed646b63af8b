// The .h5 file of a source → its weights as plain data, whichever of Keras's layouts it has. Knows no tfjs.

import { GraftError } from '@graftjs/core';
import type { ByteSource } from './byte-source.js';
import { ArrayReader, isGroup } from './datasets.js';
import { readHdf5 } from './hdf5.js';
import type { LayerWeights, StoredOptimizer } from './keras-model.js';
import { readLayers } from './read-h5.js';
import { readOptimizerVars, readVars, type StoredVars } from './read-vars.js';
import { readStringList } from './string-lists.js';
import type { Places } from './var-folders.js';

/** By the names of layers, as Keras 2 and whole-model .h5 files have them, or by the place of a layer in its model. */
export type StoredWeights =
  | { readonly layers: LayerWeights }
  | { readonly vars: StoredVars; readonly optimizer: StoredOptimizer | undefined };

/**
 * @param places of the model that the weights are for; asked for only where the layout goes by them
 * @param withOptimizer whether the state of the optimizer is wanted, of which only the layout by places can tell
 * @throws GraftError when the source holds no weights of Keras's
 */
export function readWeights(
  source: ByteSource,
  fileName: string,
  places: () => Places,
  withOptimizer: boolean,
): Promise<StoredWeights> {
  return readHdf5(source, fileName, (root) => {
    const reader = new ArrayReader(fileName, source.size);
    if (readStringList(root, 'layer_names')) return { layers: readLayers(root, reader) };
    const group = root.get('model_weights');
    if (isGroup(group)) return { layers: readLayers(group, reader) };
    if (isGroup(root.get('layers'))) {
      const vars = readVars(root, places(), reader);
      return { vars, optimizer: withOptimizer ? readOptimizerVars(root, reader) : undefined };
    }
    throw new GraftError(`${fileName} holds no weights of a Keras model`);
  });
}
