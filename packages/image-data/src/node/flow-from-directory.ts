// A folder of photos as a data set, in one call.

import { flow, type FlowOptions, type PhotoDataset } from './flow.js';
import { photosBelow, readImageFolder } from './image-folder.js';

/**
 * Keras's `flow_from_directory` and `image_dataset_from_directory`: reads a folder with a sub-folder for each class, splits it
 * where that is asked for, and gives batches. With the label mode `none` all photos below the folder are taken, in no class.
 * For what is changed at random, put `augment` around it.
 *
 * @throws GraftError for a folder that cannot be read or has no classes, an option out of range, or where no photo is left
 * @example
 * import { flowFromDirectory } from '@graftjs/image-data/node';
 * const options = { size: [224, 224], labelMode: 'categorical', validationSplit: 0.2, seed: 1 } as const;
 * const train = await flowFromDirectory('photos', { ...options, subset: 'training', shuffle: true });
 * const validation = await flowFromDirectory('photos', { ...options, subset: 'validation' });
 * train.classIndices; // { cat: 0, dog: 1 }
 */
export async function flowFromDirectory(
  folder: string,
  options: FlowOptions,
): Promise<PhotoDataset> {
  if (options.labelMode !== 'none') return flow(await readImageFolder(folder, options), options);
  const paths = (await photosBelow(folder)).sort();
  return flow({ classNames: [], images: paths.map((path) => ({ path, label: 0 })) }, options);
}
