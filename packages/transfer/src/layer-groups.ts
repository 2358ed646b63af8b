// Divides a model into groups of layers, from its input to its head: what is frozen, or trained at a rate, together.

import type { LayersModel } from '@tensorflow/tfjs-layers';
import { isModel, leafLayers, type Layer } from '@graftjs/core';
import { familyGroups, type LayerGroup } from '@graftjs/model-zoo/layer-groups';
import { plainGroups } from './plain-groups.js';

export type { LayerGroup };

/**
 * The groups of a model, in order; the last one is `head`.
 *
 * - A network of the zoo, or of Keras's of the same families, has a `stem` and the stages of its paper, `stage1` and so on;
 *   the head begins with its pooling and has all that was put on it.
 * - In any other model a group is a stretch of layers at one resolution (where there is none, as in a network of dense
 *   layers, of one shape), cut where all that flows passes through one layer. It has the name of its first layer with weights.
 *   The head begins where what has height and width becomes a vector without weights (global pooling, flattening), else
 *   with the last layer that has weights.
 * - Where the base is a model within the model, its groups are those of the base; what comes before belongs to the first
 *   group, what comes after to the head.
 *
 * Layers are the leaves of the model, each in one group. A group may be without weights, such as a head that only pools.
 *
 * @example
 * import { layers, sequential } from '@tensorflow/tfjs-layers';
 * import { layerGroups } from '@graftjs/transfer';
 * const model = sequential({
 *   layers: [
 *     layers.dense({ units: 8, inputShape: [2], name: 'wide' }),
 *     layers.dense({ units: 4, name: 'narrow' }),
 *     layers.dense({ units: 1 }),
 *   ],
 * });
 * layerGroups(model).map(({ name }) => name); // ['wide', 'narrow', 'head']
 */
export function layerGroups(model: LayersModel): LayerGroup[] {
  const leaves = leavesOf(model);
  const { base, groups } = baseOf(model, leaves);
  const own = groups.map(({ name, layers }) => ({ name, layers: layers.flatMap(leavesOf) }));
  const known = new Set(own.flatMap(({ layers }) => layers));
  const start = leaves.findIndex((layer) => known.has(layer));
  const around = base === model ? [] : leaves.filter((layer) => !known.has(layer));
  const before = around.filter((layer) => leaves.indexOf(layer) < start);
  const after = around.filter((layer) => leaves.indexOf(layer) > start);
  const all = own.map(({ name, layers }, i) => ({
    name,
    layers: i === 0 ? [...before, ...layers] : layers,
  }));
  const last = all.at(-1);
  if (after.length === 0) return unique(all);
  if (last?.name !== 'head') return unique([...all, { name: 'head', layers: after }]);
  return unique([...all.slice(0, -1), { name: 'head', layers: [...last.layers, ...after] }]);
}

interface Base {
  readonly base: LayersModel;
  readonly groups: LayerGroup[];
}

/** The network within the model, or the model itself. */
function baseOf(model: LayersModel, leaves: readonly Layer[]): Base {
  for (const base of [model, ...modelsWithin(model)]) {
    const groups = familyGroups(base);
    if (groups) return { base, groups };
  }
  const withWeights = (layer: Layer) => layer.weights.length > 0;
  // A model within that comes after layers with weights is a head, and one before nothing is all there is.
  const first = leaves.find(withWeights);
  for (const base of modelsWithin(model)) {
    const inner = new Set(leavesOf(base));
    const rest = leaves.some((layer) => withWeights(layer) && !inner.has(layer));
    if (first && inner.has(first)) return { base, groups: plainGroups(base, { hasHead: !rest }) };
  }
  return { base: model, groups: plainGroups(model, { hasHead: true }) };
}

function modelsWithin(model: LayersModel): LayersModel[] {
  return model.layers.filter(isModel).flatMap((inner) => [inner, ...modelsWithin(inner)]);
}

function leavesOf(layer: Layer): Layer[] {
  return isModel(layer) ? leafLayers(layer).map((leaf) => leaf.layer) : [layer];
}

/** A layer of the base may be called as another group is. */
function unique(groups: readonly LayerGroup[]): LayerGroup[] {
  const names = groups.map(({ name }) => name);
  return groups.map((group, i) =>
    names.lastIndexOf(group.name) === i ? group : { ...group, name: `${group.name}_${i}` },
  );
}
