// The photos that `graft train` learns from and is measured on.

import { GraftError } from '@graftjs/core';
import { readImageFolder, splitImages, type LabelledImage } from '@graftjs/image-data/node';

export interface PhotoSets {
  readonly classNames: readonly string[];
  readonly train: readonly LabelledImage[];
  readonly validation: readonly LabelledImage[];
}

export interface PhotoSource {
  /** A folder with a sub-folder for each class. */
  readonly folder: string;
  /** Another such folder to measure on; else so large a share of the first. */
  readonly validation: string | undefined;
  readonly share: number;
  readonly seed: number;
}

/** @throws GraftError for a folder that is none, fewer than two classes, or a class without photos to train on */
export async function photoSets(source: PhotoSource): Promise<PhotoSets> {
  const { folder, validation, share, seed } = source;
  const { classNames, images } = await readImageFolder(folder);
  if (classNames.length < 2) {
    throw new GraftError(
      `${folder} must have folders for two classes or more. It has ${classNames.join(', ')}`,
    );
  }
  if (validation === undefined) {
    const [train, rest] = splitImages(images, share, seed);
    checkClasses(folder, classNames, train);
    if (rest.length === 0)
      throw new GraftError(`${folder} must have two photos of a class or more, or --val be given`);
    return { classNames, train, validation: rest };
  }
  checkClasses(folder, classNames, images);
  await checkValidation(validation, classNames);
  const other = await readImageFolder(validation, { classNames });
  if (other.images.length === 0)
    throw new GraftError(`--val must have photos. ${validation} has none`);
  return { classNames, train: images, validation: other.images };
}

/** Names may be composed in one folder and decomposed in the other. */
async function checkValidation(folder: string, classNames: readonly string[]): Promise<void> {
  const found = new Set((await readImageFolder(folder)).classNames.map((name) => name.normalize()));
  const missing = classNames.filter((name) => !found.has(name.normalize()));
  if (missing.length === 0) return;
  throw new GraftError(
    `--val must have a folder for every class. ${folder} has none for ${missing.join(', ')}`,
  );
}

function checkClasses(
  folder: string,
  classNames: readonly string[],
  images: readonly LabelledImage[],
): void {
  const seen = new Set(images.map(({ label }) => label));
  const empty = classNames.filter((_, label) => !seen.has(label));
  if (empty.length === 0) return;
  throw new GraftError(
    `${folder} must have photos of every class. It has none of ${empty.join(', ')}`,
  );
}
