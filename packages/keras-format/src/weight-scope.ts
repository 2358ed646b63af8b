// Which of a file's weights belong to which layer. Knows no tfjs.

import { GraftError } from '@graftjs/core';
import type { KerasModel, NamedArray } from './keras-model.js';

/** The weights of one model, and of the models within it. */
export interface WeightScope {
  /** The weights of a layer, in the order in which it makes them; it counts as their owner from now on. */
  ofLayer(name: string): readonly NamedArray[];
  /**
   * The weights of a model that is a layer of this one, or of a layer made of others.
   *
   * @param alone whether it is a layer made of one other: Keras 2 may leave out the name of that
   */
  ofModel(name: string, alone?: boolean): WeightScope;
}

/** The weights of a file, and a check that every one of them found its layer. */
export function weightScope(weights: KerasModel['weights'], fileName: string) {
  const owned = new Set<NamedArray>();
  const own = (arrays: readonly NamedArray[]) => {
    for (const array of arrays) owned.add(array);
    return arrays;
  };
  const nested = (
    arrays: readonly NamedArray[],
    path: readonly string[],
    alone = false,
  ): WeightScope => ({
    ofLayer(name) {
      const below = weightsBelow(arrays, [...path, name], fileName);
      const isNamed = below.length > 0 || !alone;
      return own(isNamed ? below : weightsBelow(arrays, path, fileName));
    },
    ofModel: (name, isAlone) => nested(arrays, [...path, name], isAlone),
  });
  const scope: WeightScope = {
    ofLayer: (name) => own(weights.get(name) ?? []),
    ofModel: (name, isAlone) => nested(weights.get(name) ?? [], [name], isAlone),
  };
  const checkAllOwned = () => {
    for (const [layer, arrays] of weights) {
      const spare = arrays.find((array) => !owned.has(array));
      if (spare) {
        throw new GraftError(
          `${fileName} holds the weight "${spare.name}" of layer "${layer}", which its model has not`,
        );
      }
    }
  };
  return { scope, checkAllOwned };
}

/**
 * A model within a model has its weights in one list, all trainable ones before all others, so only their names say
 * whose they are. A name is `…/layer/weight`, where some models between are named and some are not.
 *
 * @param path the layer's name after those of the models that it is in
 */
function weightsBelow(
  arrays: readonly NamedArray[],
  path: readonly string[],
  fileName: string,
): readonly NamedArray[] {
  const layer = path.at(-1) ?? '';
  const named = arrays.filter((array) => endsWith(layerOf(array), layer));
  // A layer made of others names its weights after these: `mha/query/kernel`.
  if (named.length === 0) return arrays.filter(({ name }) => `/${name}`.includes(`/${layer}/`));
  const layers = new Set(named.map(layerOf));
  if (layers.size <= 1) return named;
  // Models within the same model may have layers of one name.
  const full = path.slice(1).join('/');
  for (const exactly of [path.join('/'), full]) {
    const whole = named.filter((array) => layerOf(array) === exactly);
    if (whole.length > 0) return whole;
  }
  const exact = named.filter((array) => endsWith(layerOf(array), full));
  if (new Set(exact.map(layerOf)).size === 1) return exact;
  throw new GraftError(
    `${fileName} holds weights of ${[...layers].join(', ')}, and it is not clear which belong to layer "${layer}"`,
  );
}

const endsWith = (path: string, end: string) => path === end || path.endsWith(`/${end}`);
const layerOf = ({ name }: NamedArray) => name.slice(0, Math.max(0, name.lastIndexOf('/')));
