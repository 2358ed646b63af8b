// Turns an error of the file system into one that says which folder cannot be written and what to do.

import { diskFull } from './disk-space.js';
import { InstallError } from './errors.js';
import type { TfjsPackage } from './tfjs-packages.js';

const notWritable = new Set(['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST']);

interface FileError extends NodeJS.ErrnoException {
  /** The second path of `rename`, `link` and their kin. */
  dest?: string;
}

/** The error to throw for `error`: the same one, unless a write into the cache or a package failed. */
export function explainFileError(
  error: unknown,
  cache: string,
  packages: readonly TfjsPackage[],
): unknown {
  if (!(error instanceof Error)) return error;
  const { code = '', syscall, path = '', dest = '' } = error as FileError;
  const touches = (folder: string) => path.startsWith(folder) || dest.startsWith(folder);
  if (code === 'ENOSPC' || code === 'EDQUOT') return diskFull(dest || path || cache);
  if (!notWritable.has(code) && !(code === 'ENOENT' && syscall === 'mkdir')) return error;
  const tfjs = packages.find(({ folder }) => touches(folder));
  if (tfjs !== undefined) {
    return new InstallError(
      'package-not-writable',
      `the folder of ${tfjs.name} cannot be written: ${error.message}.`,
      'run this as the user who installed the package',
    );
  }
  // A parent of the cache may be what is in the way.
  if (!touches(cache) && !cache.startsWith(path)) return error;
  return new InstallError(
    'cache-not-writable',
    `the cache ${cache} cannot be written: ${error.message}.`,
    'set GRAFT_CACHE to a folder that you may write to',
  );
}
