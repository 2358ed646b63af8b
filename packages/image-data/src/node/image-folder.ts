// The photos of a folder, each of the class that its sub-folder is named after.

import type { Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { GraftError, invalidArgument } from '@graftjs/core';
import { permutation } from '../random.js';
import { explain } from './file-error.js';

/** A photo and the index of its class. */
export interface LabelledImage {
  readonly path: string;
  readonly label: number;
}

export interface ImageFolder {
  /** The index of a name is that of its class. Letters are composed, as in NFC, however the disk has them. */
  readonly classNames: readonly string[];
  /** Class by class, sorted by path. A class may have none. */
  readonly images: readonly LabelledImage[];
}

export interface ImageFolderOptions {
  /** Which sub-folders are the classes, in the order of their indices. Default: all, sorted by name. */
  readonly classNames?: readonly string[];
}

/** What {@link readImageFolder} takes for a photo; files of other names are left alone. */
const EXTENSIONS = new Set(['.jpg', '.jpeg', '.png', '.webp', '.gif']);

/**
 * Lists the photos of a folder with a sub-folder for each class, as Keras's `image_dataset_from_directory` does: classes
 * sorted by name, photos from any depth below, hidden files and folders left out. A class may be a link to a folder; below
 * it, links to folders are not followed. Folders whose names differ in nothing but how letters are composed are one class. No
 * photo is opened.
 *
 * @throws GraftError when there is no such folder, or it has no sub-folder, or none of a given name
 * @example
 * import { readImageFolder } from '@graftjs/image-data/node';
 * const { classNames, images } = await readImageFolder('photos/train');
 * classNames; // ['cat', 'dog']
 */
export async function readImageFolder(
  folder: string,
  options: ImageFolderOptions = {},
): Promise<ImageFolder> {
  const entries = await list(folder);
  const isFolder = await Promise.all(entries.map((entry) => leadsToFolder(folder, entry)));
  const found = new Map<string, string[]>();
  for (const { name } of entries.filter((_, i) => isFolder[i])) {
    found.set(name.normalize(), [...(found.get(name.normalize()) ?? []), name]);
  }
  const classNames =
    options.classNames?.map((name) => name.normalize()) ?? [...found.keys()].sort();
  if (classNames.length === 0) {
    throw new GraftError(`${folder} must have a folder for each class. It has none`);
  }
  const missing = classNames.find((name) => !found.has(name));
  if (missing !== undefined) {
    const rule = `names of folders in ${folder} (${[...found.keys()].sort().join(', ')})`;
    throw invalidArgument('classNames', rule, missing);
  }
  if (new Set(classNames).size < classNames.length) {
    throw invalidArgument('classNames', 'different names', classNames);
  }
  const images: LabelledImage[] = [];
  for (const [label, name] of classNames.entries()) {
    const folders = found.get(name) as string[];
    const paths = await Promise.all(folders.map((each) => photosBelow(join(folder, each))));
    images.push(
      ...paths
        .flat()
        .sort()
        .map((path) => ({ path, label })),
    );
  }
  return { classNames, images };
}

/**
 * Splits photos at random into two parts, each class by itself, so that both have the shares of the whole. Equal seeds
 * split alike.
 *
 * @param share of the second part, above 0 and below 1; of each class that has two photos at least one goes to each part
 * @param seed an integer
 * @throws GraftError for a share or a seed out of range
 * @example
 * const [train, validation] = splitImages(images, 0.2, 1);
 */
export function splitImages(
  images: readonly LabelledImage[],
  share: number,
  seed: number,
): [LabelledImage[], LabelledImage[]] {
  if (!(share > 0 && share < 1)) throw invalidArgument('share', 'above 0 and below 1', share);
  if (!Number.isSafeInteger(seed)) throw invalidArgument('seed', 'an integer', seed);
  const labels = [...new Set(images.map(({ label }) => label))];
  const parts: [LabelledImage[], LabelledImage[]] = [[], []];
  for (const label of labels) {
    const own = images.filter((image) => image.label === label);
    const order = permutation(own.length, seed, label);
    const second =
      own.length < 2 ? 0 : Math.min(Math.max(1, Math.round(own.length * share)), own.length - 1);
    const chosen = new Set(order.subarray(0, second));
    own.forEach((image, i) => parts[chosen.has(i) ? 1 : 0].push(image));
  }
  return parts;
}

/** The photos of a folder, from any depth below; hidden files and folders, and links to folders, are left out. */
export async function photosBelow(folder: string): Promise<string[]> {
  const entries = await list(folder);
  const below = await Promise.all(
    entries.map(async (entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return await photosBelow(path);
      // Whoever opens a pipe may wait for ever.
      const isFile = entry.isFile() || entry.isSymbolicLink();
      return isFile && EXTENSIONS.has(extname(entry.name).toLowerCase()) ? [path] : [];
    }),
  );
  return below.flat();
}

async function leadsToFolder(folder: string, entry: Dirent): Promise<boolean> {
  if (!entry.isSymbolicLink()) return entry.isDirectory();
  return stat(join(folder, entry.name)).then(
    (target) => target.isDirectory(),
    () => false,
  );
}

async function list(folder: string): Promise<Dirent[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries.filter(({ name }) => !name.startsWith('.'));
  } catch (error) {
    const reason = explain(error);
    if (reason === undefined) throw error;
    throw new GraftError(`${folder} cannot be read: ${reason}`);
  }
}
