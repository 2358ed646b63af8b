// Brings the wheels of a variant into the cache, whole or not at all.

import { existsSync, mkdirSync, renameSync } from 'node:fs';
import path from 'node:path';
import { folderSize, withWorkFolder, writeContents } from './cache.js';
import { megabytes, type InstallContext } from './context.js';
import { requireSpace } from './disk-space.js';
import { downloadWheels } from './download.js';
import type { Python } from './python.js';
import { unpackWheels } from './unpack.js';
import type { Architecture, Wheel } from './wheels.js';

/** Downloads and unpacks `wheels` and puts the result in the place of `site`. The caller holds the lock. */
export async function fillSite(
  python: Python,
  site: string,
  wheels: readonly Wheel[],
  architecture: Architecture,
  context: InstallContext,
): Promise<void> {
  const cache = path.dirname(site);
  requireSpace(cache, neededBytes(wheels));
  await withWorkFolder(cache, async (folder) => {
    const files = await downloadWheels(python, wheels, architecture, folder, context);
    const fresh = path.join(folder, 'site');
    mkdirSync(fresh);
    await unpackWheels(python, files, fresh, context);
    writeContents(fresh, wheels);
    context.log(`unpacked ${megabytes(folderSize(fresh))} to ${site}`);
    // The old one leaves with the work folder.
    if (existsSync(site)) renameSync(site, path.join(folder, 'old'));
    renameSync(fresh, site);
  });
}

/** pip holds each wheel twice for a moment; later, wheels shrink while files grow. */
function neededBytes(wheels: readonly Wheel[]): number {
  const packed = wheels.reduce((sum, { bytes }) => sum + bytes, 0);
  const unpacked = wheels.reduce((sum, { unpackedBytes }) => sum + unpackedBytes, 0);
  return Math.max(2 * packed, packed + unpacked);
}
