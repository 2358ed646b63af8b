// Errors of the system as one clear line.

import { isGraftError } from '@graftjs/core';

/** True where a file, a folder or a program does not exist. */
export function isMissing(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code === 'ENOENT' || code === 'ENOTDIR';
}

/** The line for the user of an error that he can do something about; undefined for a defect of the program. */
export function explain(error: unknown): string | undefined {
  const { syscall, code, message } = error as NodeJS.ErrnoException;
  // Node reads no file of 2 GiB, and says so itself.
  const isSystem = syscall !== undefined || code === 'ERR_FS_FILE_TOO_LARGE';
  return isGraftError(error) || isSystem ? message : undefined;
}
