// Finds to which family of the zoo a model belongs, and its groups of layers.

import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { Layer } from '@graftjs/core';
import { layerFamilies } from './families.js';

/** Layers that are frozen, or trained at a rate, together. */
export interface LayerGroup {
  readonly name: string;
  /** In the model's order. */
  readonly layers: readonly Layer[];
}

/**
 * The groups of a network of the zoo, or of a part of one that begins at its input, from the input on: `stem`, `stage1`, …,
 * and `head`, what comes after the last stage: pooling and a classifier, or layers that were put on the network. They
 * have all layers of the model, each once. Layers are told by their names, which are Keras's, wherever the model came from.
 *
 * @returns undefined for a model of no family
 * @example
 * import '@tensorflow/tfjs-backend-cpu';
 * import { mobileNet } from '@graftjs/model-zoo';
 * import { familyGroups } from '@graftjs/model-zoo/layer-groups';
 * const model = await mobileNet({ weights: null, alpha: 0.25, classes: 10 });
 * console.log(familyGroups(model).map(({ name }) => name)); // ['stem', 'stage1', …, 'stage5', 'head']
 */
export function familyGroups(model: LayersModel): LayerGroup[] | undefined {
  const patterns = familyOf(model);
  if (!patterns) return undefined;
  const sources = sourcesWithin(model);
  const taken = new Set<Layer>();
  const groups = patterns.map((pattern, i) => {
    const before = new Set(taken);
    for (const layer of model.layers) if (pattern.test(layer.name)) take(layer, sources, taken);
    const layers = model.layers.filter((layer) => taken.has(layer) && !before.has(layer));
    return { name: i === 0 ? 'stem' : `stage${i}`, layers };
  });
  const rest = { name: 'head', layers: model.layers.filter((layer) => !taken.has(layer)) };
  // A model that was cut has no later stages, and perhaps no head.
  return [...groups, rest].filter(({ layers }) => layers.length > 0);
}

/** The first family of which the model has the stem and the first stage. */
function familyOf({ layers }: LayersModel): readonly RegExp[] | undefined {
  return Object.values(layerFamilies).find((patterns) =>
    patterns.slice(0, 2).every((pattern) => layers.some(({ name }) => pattern.test(name))),
  );
}

type Sources = ReadonlyMap<Layer, readonly Layer[]>;

/** Whose outputs each layer takes. A layer may also be part of other models: these do not count. */
function sourcesWithin({ layers }: LayersModel): Sources {
  const own = new Set(layers);
  return new Map(
    layers.map((layer) => [
      layer,
      layer.inboundNodes.flatMap(({ inboundLayers }) =>
        inboundLayers.filter((source) => own.has(source)),
      ),
    ]),
  );
}

/** A layer, and all that leads to it. */
function take(layer: Layer, sources: Sources, taken: Set<Layer>): void {
  const open = [layer];
  for (let next = open.pop(); next; next = open.pop()) {
    if (taken.has(next)) continue;
    taken.add(next);
    open.push(...(sources.get(next) ?? []));
  }
}
