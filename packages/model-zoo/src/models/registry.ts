// The models by name, for programs that are given one: derived from the exports of `index.ts`.

import { invalidArgument } from '@graftjs/core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import * as models from './index.js';

/** The function that makes a model, by its name: `resNet50`. */
export type ModelName = keyof typeof models;

/** All models, in alphabetical order. */
export const modelNames = Object.keys(models).sort() as readonly ModelName[];

/** The options of a model, by its name: those of all, and its own. */
export type ModelOptionsOf<Name extends ModelName> = NonNullable<
  Parameters<(typeof models)[Name]>[0]
>;

/**
 * The model of a name, as `resNet50(options)` and its kin make it.
 *
 * @throws GraftError when there is none of this name, an option is not allowed, or the weights cannot be had
 * @example
 * import '@tensorflow/tfjs-backend-cpu';
 * import { zooModel } from '@graftjs/model-zoo';
 * const model = await zooModel('mobileNet', { weights: null, alpha: 0.5 });
 */
export async function zooModel<Name extends ModelName>(
  name: Name,
  options?: ModelOptionsOf<Name>,
): Promise<LayersModel> {
  if (!Object.hasOwn(models, name)) {
    throw invalidArgument('name', `one of ${modelNames.join(', ')}`, name);
  }
  const make: (options?: ModelOptionsOf<Name>) => Promise<LayersModel> = models[name];
  return make(options);
}
