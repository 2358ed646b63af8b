// How much a model computes for one image.

import { invalidArgument, leafLayers } from '@graftjs/core';
import type { LayersModel } from '@tensorflow/tfjs-layers';

/**
 * The multiply-adds of one example: each element of a kernel counts once for each place where it is applied. What
 * normalizations, activations and pooling cost is left out, as in the papers.
 *
 * @param model of known height and width
 * @throws GraftError when a size is unknown
 * @example
 * import '@tensorflow/tfjs-backend-cpu';
 * import { alexNet, multiplyAdds } from '@graftjs/model-zoo';
 * console.log(multiplyAdds(await alexNet({ weights: null }))); // 1135256096
 */
export function multiplyAdds(model: LayersModel): number {
  let sum = 0;
  for (const { layer } of leafLayers(model)) {
    if (!/conv|dense$/i.test(layer.getClassName())) continue;
    const [, ...places] = (layer.outputShape as (number | null)[]).slice(0, -1);
    if (places.includes(null)) {
      throw invalidArgument('model', 'of known height and width', layer.outputShape);
    }
    const kernels = layer.weights.filter(({ shape }) => shape.length > 1);
    for (const { shape } of kernels) {
      sum += product(shape as number[]) * product(places as number[]);
    }
  }
  return sum;
}

function product(lengths: readonly number[]): number {
  return lengths.reduce((result, length) => result * length, 1);
}
