// The photos that are meant by paths of files and folders.

import { readdir, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { GraftError } from '@graftjs/core';

/**
 * Files as they are, and of folders all images, at any depth, in the order of their names; hidden ones are left out, as
 * those beginning with `._` that macOS writes beside photos.
 *
 * @throws GraftError for a folder without images, and the error of the system for a path that does not exist
 */
export async function photosOf(paths: readonly string[]): Promise<string[]> {
  const photos: string[] = [];
  for (const path of paths) {
    if (!(await stat(path)).isDirectory()) {
      photos.push(path);
      continue;
    }
    const entries = await readdir(path, { recursive: true, withFileTypes: true });
    const images = entries
      // Whoever opens a pipe may wait for ever.
      .filter((entry) => entry.isFile() || entry.isSymbolicLink())
      .map((entry) => relative(path, join(entry.parentPath, entry.name)))
      .filter((name) => /\.(?:jpe?g|png|webp|gif)$/i.test(name) && !/(?:^|[/\\])\./.test(name));
    if (images.length === 0) throw new GraftError(`${path} holds no JPEG, PNG, WebP or GIF image`);
    const inOrder = new Intl.Collator('en', { numeric: true }).compare;
    photos.push(...images.sort(inOrder).map((name) => join(path, name)));
  }
  return photos;
}
