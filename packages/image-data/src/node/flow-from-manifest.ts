// A list of photos as a data set, in one call.

import { flow, type FlowOptions, type PhotoDataset } from './flow.js';
import { readImageManifest, type ManifestOptions } from './image-manifest.js';

/**
 * Keras's `flow_from_dataframe`: reads a CSV or JSON list of photos and their labels (see {@link readImageManifest}), splits it
 * where that is asked for, and gives batches.
 *
 * @throws GraftError for a list that is none or has no such columns, an option out of range, or where no photo is left
 * @example
 * import { flowFromManifest } from '@graftjs/image-data/node';
 * const train = await flowFromManifest('photos/train.csv', { size: [224, 224], pathColumn: 'filename', labelColumn: 'class' });
 */
export async function flowFromManifest(
  path: string,
  options: FlowOptions & ManifestOptions,
): Promise<PhotoDataset> {
  return flow(await readImageManifest(path, options), options);
}
