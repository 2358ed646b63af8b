// The contract of a place that has weights, and what a caller may say about the search.

import type { WeightsFile } from './model-entry.js';

/** What a download tells while it works, in bytes. */
export interface WeightsProgress {
  readonly file: string;
  /** Name of the provider. */
  readonly source: string;
  readonly received: number;
  /** Missing where the server has not said it. */
  readonly total?: number;
}

/** How the caller follows the search, and ends it. */
export interface WeightsWatch {
  readonly onProgress?: (progress: WeightsProgress) => void;
  /** Takes a line about each place that failed, and about a cache that cannot be written. */
  readonly log?: (line: string) => void;
  /** Ends the search; its reason is then thrown. */
  readonly signal?: AbortSignal;
}

/**
 * A place that may have weights: a team's mirror, a bucket behind a login, a folder. What it gives is checked by its hash.
 *
 * @example
 * const bucket: WeightsProvider = {
 *   name: 'our bucket',
 *   read: async ({ name }, { signal }) => {
 *     const response = await fetch(`https://weights.example.com/${name}`, { signal });
 *     return response.ok ? new Uint8Array(await response.arrayBuffer()) : undefined;
 *   },
 * };
 */
export interface WeightsProvider {
  /** For messages. */
  readonly name: string;
  /**
   * The bytes of a file; undefined where this place does not have it.
   *
   * @throws any error: its message says why the file cannot be had from here, and the search goes on
   */
  read(file: WeightsFile, watch: WeightsWatch): Promise<Uint8Array | undefined>;
}

/** Options of the search for published weights. */
export interface WeightsOptions extends WeightsWatch {
  /** Places to ask before the publisher, after the caches of this machine. */
  readonly providers?: readonly WeightsProvider[];
  /** Whether only what is on this machine, or in this browser, is used. Default: false. */
  readonly offline?: boolean;
}
