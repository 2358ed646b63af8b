// Photos on their way into a network: which could not be read, and which could.

import type { Dataset } from '@graftjs/core';
import { imageDataset, type BrokenImage, type LabelledImage } from '@graftjs/image-data/node';

export interface PhotoData {
  readonly dataset: Dataset;
  /** Those found so far. */
  readonly broken: readonly BrokenImage[];
  /** After the data was gone through: the photos that it gave, in their order. */
  readable(): LabelledImage[];
}

/** In their order, 32 at a time; a photo that cannot be read is left out. */
export function photoData(
  images: readonly LabelledImage[],
  classes: number,
  size: readonly [number, number],
): PhotoData {
  const broken = new Map<string, BrokenImage>();
  const dataset = imageDataset({
    ...{ images, classes, size, batchSize: 32 },
    onBroken: (image) => void broken.set(image.path, image),
  });
  return {
    dataset,
    get broken() {
      return [...broken.values()];
    },
    readable: () => images.filter(({ path }) => !broken.has(path)),
  };
}
