// What Node and browsers do in different ways: keep files, hash them, and know places that have them.

import type { FileHash } from './model-entry.js';
import type { WeightsProvider } from './weights-provider.js';

/** The beginning of a file whose download was broken off. */
export interface Part {
  /** Says which URL it came from, and which version of the file there. */
  readonly origin: string;
  readonly bytes: Uint8Array;
}

/** Graft's cache. What is in it is whole: a file appears at once or not at all, whoever else writes at the same time. */
export interface WeightsStore extends WeightsProvider {
  /** @throws when there is no room, or no permission; nothing is left behind then */
  keep(name: string, bytes: Uint8Array): Promise<void>;
  readPart(name: string): Promise<Part | undefined>;
  /** Replaces the part of the same name. */
  keepPart(name: string, part: Part): Promise<void>;
  dropPart(name: string): Promise<void>;
}

/** Where this program runs. */
export interface Host {
  readonly store: WeightsStore;
  /** Places beside the store that are asked first. */
  readonly local: readonly WeightsProvider[];
  /** Places that have what is in a Python package. They are asked last. */
  readonly remote: readonly WeightsProvider[];
  digest(algorithm: FileHash['algorithm'], bytes: Uint8Array): Promise<string>;
  /** The bytes behind a path or a file URL in Node; in a page, behind a URL relative to it. */
  readPath(path: string | URL, watch: { readonly signal?: AbortSignal }): Promise<Uint8Array>;
}

/** The host that this code runs on, made anew: the environment may have changed. */
export async function thisHost(): Promise<Host> {
  const isNode = typeof process === 'object' && typeof process.versions?.node === 'string';
  return isNode
    ? (await import('./node/node-host.js')).nodeHost()
    : (await import('./browser/browser-host.js')).browserHost();
}
