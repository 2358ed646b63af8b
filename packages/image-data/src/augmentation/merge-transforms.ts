// Several changes of one image as one.

import type { ImageTransform } from './image-transform.js';

const added = ['theta', 'tx', 'ty', 'shearX', 'shearY'] as const;

/** Angles, shifts and slopes add up, linear changes of colour follow each other; of all else the last one counts. */
export function mergeTransforms(transforms: readonly ImageTransform[]): ImageTransform {
  return transforms.reduce((merged, next) => {
    const sums = added.flatMap((name) => {
      const values = [merged[name], next[name]].filter((value) => value !== undefined);
      return values.length === 2 ? [[name, (values[0] as number) + (values[1] as number)]] : [];
    });
    const color = [...(merged.color ?? []), ...(next.color ?? [])];
    return {
      ...{ ...merged, ...next, ...(Object.fromEntries(sums) as ImageTransform) },
      ...(color.length > 0 && { color }),
    };
  }, {});
}
