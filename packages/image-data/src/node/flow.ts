// What a folder and a list of photos have in common once they are read: a split, and batches.

import { invalidArgument, type Dataset } from '@graftjs/core';
import { imageDataset, type ImageDatasetOptions } from './image-dataset.js';
import { splitImages, type ImageFolder, type LabelledImage } from './image-folder.js';

/** Options that {@link flowFromDirectory} and {@link flowFromManifest} share. */
export interface FlowOptions extends Omit<ImageDatasetOptions, 'images' | 'classes'> {
  /** The classes, in the order of their indices. Default: all that there are, sorted. */
  readonly classNames?: readonly string[];
  /** Which share of each class is for validation, above 0 and below 1. Needs `subset`. */
  readonly validationSplit?: number;
  /**
   * Which part of the split it is. Both follow from `seed`, or from 0 where there is none: give the same to both.
   */
  readonly subset?: 'training' | 'validation';
}

/** A data set of photos that knows its classes. */
export interface PhotoDataset extends Dataset {
  /** By index. */
  readonly classNames: readonly string[];
  /** By name: Keras's `class_indices`. */
  readonly classIndices: Readonly<Record<string, number>>;
  /** In order, before they are shuffled. */
  readonly images: readonly LabelledImage[];
}

/** @throws GraftError for an option out of range, or where no photo is left */
export function flow({ classNames, images: all }: ImageFolder, options: FlowOptions): PhotoDataset {
  const { validationSplit, subset, seed = 0 } = options;
  if ((validationSplit === undefined) !== (subset === undefined)) {
    throw invalidArgument('subset', 'given with validationSplit, and it with subset', subset);
  }
  if (subset !== undefined && subset !== 'training' && subset !== 'validation') {
    throw invalidArgument('subset', 'training or validation', subset);
  }
  const images =
    validationSplit === undefined
      ? all
      : splitImages(all, validationSplit, seed)[subset === 'training' ? 0 : 1];
  return {
    ...imageDataset({ ...options, images, classes: classNames.length }),
    ...{ classNames, images },
    classIndices: Object.fromEntries(classNames.map((name, index) => [name, index])),
  };
}
