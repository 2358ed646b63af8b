// Whether bytes are the file that was asked for.

import type { WeightsFile } from './model-entry.js';
import { thisHost } from './weights-store.js';

/** What is wrong with the bytes, as the end of a sentence; undefined where nothing is. */
export async function mismatch(
  { hash }: WeightsFile,
  bytes: Uint8Array,
): Promise<string | undefined> {
  if (bytes.length === 0) return 'it is empty';
  if (hash === undefined) return undefined;
  const { digest } = await thisHost();
  const actual = await digest(hash.algorithm, bytes);
  if (actual === hash.hex) return undefined;
  return `it is another file, or damaged (${hash.algorithm} ${actual}, not ${hash.hex})`;
}
