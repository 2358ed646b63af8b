// Full disks: noticed before anything is downloaded where possible, and told from the output of programs where not.

import { statfsSync } from 'node:fs';
import { megabytes } from './context.js';
import { InstallError } from './errors.js';

/** @throws InstallError `disk-full` if fewer than `bytes` are free where `folder` lies */
export function requireSpace(folder: string, bytes: number): void {
  const { bavail, bsize } = statfsSync(folder);
  const free = bavail * bsize;
  if (free >= bytes) return;
  throw new InstallError(
    'disk-full',
    `${megabytes(bytes)} of free disk space are needed in ${folder}, and there are ${megabytes(free)}.`,
    remedy,
  );
}

/** The error for a disk that filled up while `folder` was written. */
export function diskFull(folder: string, details = ''): InstallError {
  return new InstallError('disk-full', `the disk of ${folder} is full.`, remedy, details);
}

/** True if the output of a program says that it could not write for want of space. */
export function saysDiskFull(output: string): boolean {
  return /No space left on device|Disk quota exceeded/i.test(output);
}

const remedy = 'free some space, or set GRAFT_CACHE to a folder on another disk';
