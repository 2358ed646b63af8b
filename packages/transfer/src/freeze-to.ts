// Freezes a model up to one of its groups of layers.

import type { LayersModel } from '@tensorflow/tfjs-layers';
import { invalidArgument } from '@graftjs/core';
import { freeze, unfreeze } from './freeze.js';
import { layerGroups } from './layer-groups.js';

/**
 * Freezes all groups of layers before one, and lets that one and all after it train: `freezeTo(model, -1)` leaves the head
 * to be trained, `freezeTo(model, 0)` everything. Frozen BatchNormalization works in inference mode. Same as fastai's
 * `Learner.freeze_to`, but that fastai trains BatchNormalization also where it is frozen, and forgets the optimizer's state.
 *
 * @param at the name of a group (see {@link layerGroups}), or its index; −1 is the head
 * @throws GraftError where the model has no such group
 * @example
 * freezeTo(model, 'stage4'); // the last stage and the head of a ResNet
 */
export function freezeTo(model: LayersModel, at: string | number): void {
  const groups = layerGroups(model);
  const index = typeof at === 'string' ? groups.findIndex(({ name }) => name === at) : at;
  const from = index < 0 && typeof at === 'number' ? groups.length + index : index;
  if (!(Number.isInteger(from) && from >= 0 && from < groups.length)) {
    const names = groups.map(({ name }) => name).join(', ');
    throw invalidArgument('at', `the index or name of one of the model's groups (${names})`, at);
  }
  // Models within would stay frozen as a whole, and hand their flag to what is in them.
  unfreeze([model]);
  freeze(groups.slice(0, from).flatMap(({ layers }) => layers));
}
