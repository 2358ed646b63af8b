// Bytes of an .h5 file → its weights as plain data, whichever of Keras's layouts it has. Knows no tfjs.

import { GraftError } from '@graftjs/core';
import { ArrayReader, isGroup } from './datasets.js';
import { readHdf5 } from './hdf5.js';
import type { LayerWeights } from './keras-model.js';
import { readLayers } from './read-h5.js';
import { readVars, type StoredVars } from './read-vars.js';
import { readStringList } from './string-lists.js';
import type { Places } from './var-folders.js';

/** By the names of layers, as Keras 2 and whole-model .h5 files have them, or by the place of a layer in its model. */
export type StoredWeights = { readonly layers: LayerWeights } | { readonly vars: StoredVars };

/**
 * @param places of the model that the weights are for; asked for only where the layout goes by them
 * @throws GraftError when the bytes hold no weights of Keras's
 */
export function readWeights(
  bytes: Uint8Array,
  fileName: string,
  places: () => Places,
): Promise<StoredWeights> {
  return readHdf5(bytes, fileName, (root) => {
    const reader = new ArrayReader(fileName, bytes.byteLength);
    if (readStringList(root, 'layer_names')) return { layers: readLayers(root, reader) };
    const group = root.get('model_weights');
    if (isGroup(group)) return { layers: readLayers(group, reader) };
    if (isGroup(root.get('layers'))) return { vars: readVars(root, places(), reader) };
    throw new GraftError(`${fileName} holds no weights of a Keras model`);
  });
}
