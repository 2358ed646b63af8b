// Groups the layers of a model of no known family by its shape alone; see `layerGroups` for the rule.

import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { Layer } from '@graftjs/core';
import type { LayerGroup } from '@graftjs/model-zoo/layer-groups';

/** @param hasHead whether the model ends in its head; else all of it is a base */
export function plainGroups(model: LayersModel, { hasHead }: { hasHead: boolean }): LayerGroup[] {
  const blocks = blocksOf(model);
  const headAt = hasHead ? headOf(blocks) : blocks.length;
  const groups: { key: string; layers: Layer[] }[] = [];
  // Weights that come first have no group to belong to yet.
  let waiting: Layer[] = [];
  for (const block of blocks.slice(0, headAt)) {
    const current = groups.at(-1);
    const key = keyOf(shapeOf(block));
    if (!hasWeights(block)) (current?.layers ?? waiting).push(...block);
    else if (current?.key === key) current.layers.push(...block);
    else {
      groups.push({ key, layers: [...waiting, ...block] });
      waiting = [];
    }
  }
  const head = [...waiting, ...blocks.slice(headAt).flat()];
  return [
    ...groups.map(({ layers }) => ({ name: layers.find(weighted)?.name ?? '', layers })),
    ...(head.length > 0 ? [{ name: 'head', layers: head }] : []),
  ];
}

/**
 * The layers in stretches, each of which ends with a layer through which all passes: nothing from before it is used after
 * it.
 */
function blocksOf({ layers }: LayersModel): Layer[][] {
  const places = new Map(layers.map((layer, i) => [layer, i]));
  // For each layer, the place of the last one that takes its output.
  const uses = layers.map((_, i) => i);
  for (const [i, { inboundNodes }] of layers.entries()) {
    for (const source of inboundNodes.flatMap(({ inboundLayers }) => inboundLayers)) {
      const from = places.get(source);
      if (from === undefined) continue;
      // A layer that is used again stands before what it takes.
      const [low, high] = from < i ? [from, i] : [i, from];
      uses[low] = Math.max(uses[low] as number, high);
    }
  }
  const blocks: Layer[][] = [[]];
  let reach = 0;
  for (const [i, layer] of layers.entries()) {
    blocks.at(-1)?.push(layer);
    if (reach <= i && i + 1 < layers.length) blocks.push([]);
    reach = Math.max(reach, uses[i] as number);
  }
  return blocks;
}

/** The number of the block with which the head begins. */
function headOf(blocks: readonly Layer[][]): number {
  const start = blocks.findIndex(
    (block, i) =>
      !hasWeights(block) &&
      shapeOf(block).length <= 2 &&
      shapeOf(blocks[i - 1] ?? block).length > 2 &&
      blocks.slice(0, i).some(hasWeights),
  );
  return start >= 0 ? start : Math.max(0, blocks.findLastIndex(hasWeights));
}

type Shape = readonly (number | null)[];

/** Of what a block gives. */
function shapeOf(block: readonly Layer[]): Shape {
  return block.at(-1)?.inboundNodes.at(-1)?.outputTensors[0]?.shape ?? [];
}

/** What is the same throughout a group: the axes between the first and the last, if there are any and all are known. */
function keyOf(shape: Shape): string {
  const inner = shape.slice(1, -1);
  return (inner.length > 0 && !inner.includes(null) ? inner : shape).join();
}

function hasWeights(block: readonly Layer[]): boolean {
  return block.some(weighted);
}

function weighted({ weights }: Layer): boolean {
  return weights.length > 0;
}
