// Where files may come from, and the walk from one place to the next until one has them.

import { GraftError } from '@graftjs/core';
import { verify, type Contents, type DataFile } from './data-file.js';
import { explain } from './file-error.js';

/** What a download tells while it works, in bytes over all files. */
export interface DownloadProgress {
  readonly source: string;
  readonly received: number;
  readonly total: number;
}

/** How the caller follows the work, and ends it. */
export interface Watch {
  readonly onProgress?: (progress: DownloadProgress) => void;
  /** Takes a line about each source that failed, and about a cache that cannot be written. */
  readonly log?: (line: string) => void;
  /** Ends the work; its reason is then thrown. */
  readonly signal?: AbortSignal;
}

/** A place that may have the files. */
export interface Source {
  /** For the terminal. */
  readonly name: string;
  /**
   * Reads the files and unpacks them; the caller checks them. Undefined where there is nothing to read.
   *
   * @throws GraftError or an error of the system, with the reason, when they are there and cannot be had
   */
  read(files: readonly DataFile[], watch: Watch): Promise<Contents | undefined>;
}

/**
 * The files from the first source that has them intact.
 *
 * @param what name of the data set, for the error
 * @throws GraftError that names every source and why it failed
 */
export async function obtain(
  what: string,
  files: readonly DataFile[],
  sources: readonly Source[],
  watch: Watch,
): Promise<{ contents: Contents; source: Source }> {
  const failures: string[] = [];
  for (const source of sources) {
    watch.signal?.throwIfAborted();
    try {
      const contents = await source.read(files, watch);
      if (contents !== undefined) {
        verify(files, contents);
        return { contents, source };
      }
      failures.push(`${source.name}: not there`);
    } catch (error) {
      watch.signal?.throwIfAborted();
      const reason = explain(error);
      if (reason === undefined) throw error;
      const failure = `${source.name}: ${reason}`;
      watch.log?.(`${what} is not to be had from ${failure}`);
      failures.push(failure);
    }
  }
  throw new GraftError(`${what} is not to be had. Tried: ${failures.join('; ')}`);
}
