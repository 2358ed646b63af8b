// A data set of four IDX files: found, checked, kept and parsed. Which sets there are is told elsewhere.

import { join } from 'node:path';
import { GraftError } from '@graftjs/core';
import { cacheFolder } from '@graftjs/core/node';
import type { LabelledImages } from '../array-data.js';
import { parseIdx } from '../idx.js';
import { cache, keep } from './cache.js';
import type { Contents, DataFile } from './data-file.js';
import { downloadedPackage, installedPackage, type DebianPackage } from './debian.js';
import { explain } from './file-error.js';
import { mirror } from './mirror.js';
import { obtain, type Watch } from './source.js';

/** What there is to know about a set. */
export interface IdxSet {
  readonly name: string;
  /** Its folder in the cache. */
  readonly folder: string;
  readonly files: Readonly<
    Record<'trainImages' | 'trainLabels' | 'testImages' | 'testLabels', DataFile>
  >;
  /** URLs of folders that hold the files as `NAME.gz`. */
  readonly mirrors: readonly string[];
  readonly debian: DebianPackage;
}

/** Options of a loader. */
export interface LoadOptions extends Watch {
  /** Folder for what Graft keeps. Default: `$GRAFT_CACHE`, else `$XDG_CACHE_HOME/graft`, else `~/.cache/graft`. */
  readonly cacheDir?: string;
  /** Whether only what is on this machine is used. Default: false. */
  readonly offline?: boolean;
  /** URLs of folders that hold the files as `NAME.gz`, in place of the public ones. */
  readonly mirrors?: readonly string[];
}

/** The images and labels of a set, and which source had them, for the terminal. */
export interface LoadedSet {
  readonly train: LabelledImages;
  readonly test: LabelledImages;
  readonly source: string;
}

/** Loads a set from the first source that has it intact, and keeps it in the cache. */
export async function loadIdxSet(set: IdxSet, options: LoadOptions): Promise<LoadedSet> {
  const { cacheDir = cacheFolder(), offline = false, mirrors = set.mirrors } = options;
  const folder = join(cacheDir, set.folder);
  const kept = cache(folder);
  const installed = installedPackage(set.debian);
  const sources = offline
    ? [kept, installed]
    : [kept, ...mirrors.map((url) => mirror(url)), installed, downloadedPackage(set.debian)];
  const { contents, source } = await obtain(set.name, Object.values(set.files), sources, options);
  if (source !== kept) {
    try {
      await keep(folder, contents);
    } catch (error) {
      // The data is here and sound: a full or read-only disk costs the next run a download, not this one its work.
      const reason = explain(error);
      if (reason === undefined) throw error;
      options.log?.(`${set.name} could not be kept in the cache: ${reason}`);
    }
  }
  const { trainImages, trainLabels, testImages, testLabels } = set.files;
  return {
    train: { images: parse(trainImages, contents), labels: parse(trainLabels, contents) },
    test: { images: parse(testImages, contents), labels: parse(testLabels, contents) },
    source: source.name,
  };
}

function parse({ name }: DataFile, contents: Contents): LabelledImages['images'] {
  const { data, shape, dtype } = parseIdx(contents.get(name)!);
  if (!(data instanceof Uint8Array)) {
    throw new GraftError(`${name} must hold uint8. Received: ${dtype}`);
  }
  return { data, shape };
}
