// Says what is in place, and changes nothing.

import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { cacheFolder, folderSize } from './cache.js';
import { readStamp, validStamp } from './link.js';
import { findTfjsPackages, packagePaths, type TfjsPackage } from './tfjs-packages.js';
import type { Variant } from './wheels.js';

export interface PackageStatus extends TfjsPackage {
  /**
   * - `ready`: it runs on the TensorFlow that Graft put there.
   * - `own`: it has a binding of other origin, such as its own install script.
   * - `broken`: Graft has been here, but something was deleted or interrupted since; install again.
   * - `missing`: it has no binding and does not load.
   */
  readonly state: 'ready' | 'own' | 'broken' | 'missing';
  /** Version of its libtensorflow, or null where that is not known. */
  readonly tensorflow: string | null;
  /** `cpu` or `cuda12` where Graft put it there, else null. */
  readonly variant: Variant | null;
  /** It used a GPU when it was verified. */
  readonly gpu: boolean;
}

export interface InstallStatus {
  /** The tfjs-node packages that are installed; empty if there are none. */
  readonly packages: readonly PackageStatus[];
  readonly cache: {
    readonly folder: string;
    /** Size of all that it holds; 0 if it does not exist. */
    readonly bytes: number;
  };
}

export interface StatusOptions {
  /** Folder whose tfjs-node packages are meant. Default: the current folder. */
  readonly from?: string;
  /** Environment that names the cache. Default: `process.env`. */
  readonly env?: NodeJS.ProcessEnv;
}

/**
 * What is in place under the tfjs-node packages of a project.
 *
 * @example
 * const ready = installStatus().packages.some(({ state }) => state === 'ready');
 * if (!ready) await install();
 */
export function installStatus({
  from = '.',
  env = process.env,
}: StatusOptions = {}): InstallStatus {
  const folder = cacheFolder(env);
  return {
    packages: findTfjsPackages(path.resolve(from)).map(packageStatus),
    cache: { folder, bytes: folderSize(folder) },
  };
}

function packageStatus(tfjs: TfjsPackage): PackageStatus {
  const stamp = validStamp(tfjs);
  if (stamp !== undefined) {
    const { tensorflow, variant, gpu } = stamp;
    return { ...tfjs, state: 'ready', tensorflow, variant, gpu };
  }
  const { binding, ownLibraries } = packagePaths(tfjs);
  const tensorflow = ownVersion(ownLibraries);
  const unknown = { ...tfjs, tensorflow, variant: null, gpu: false };
  if (existsSync(binding) && tensorflow !== null) return { ...unknown, state: 'own' };
  if (readStamp(tfjs) !== undefined) return { ...unknown, state: 'broken' };
  return { ...unknown, state: existsSync(binding) ? 'own' : 'missing' };
}

/** The package's own script leaves `libtensorflow.so.2.9.1`. */
function ownVersion(folder: string): string | null {
  if (!existsSync(folder)) return null;
  const versions = readdirSync(folder).map(
    (name) => /^libtensorflow\.so\.(\d+\.\d+\.\d+)$/.exec(name)?.[1],
  );
  return versions.find((version) => version !== undefined) ?? null;
}
