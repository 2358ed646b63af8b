// Errors of the system as one clear line.

import { isGraftError } from '@graftjs/core';

/** True where a file, a folder or a program does not exist. */
export function isMissing(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code === 'ENOENT' || code === 'ENOTDIR';
}

/** The line for the user of an error that he can do something about; undefined for a defect of the program. */
export function explain(error: unknown): string | undefined {
  const { syscall, message } = error as NodeJS.ErrnoException;
  return isGraftError(error) || syscall !== undefined ? message : undefined;
}
