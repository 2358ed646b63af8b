// Weights of the caller's own: a path, a URL or a Blob.

import { readBytes } from '@graftjs/keras-format';
import type { WeightsOptions } from './weights-provider.js';
import { thisHost } from './weights-store.js';

/**
 * @param weights in Node a string is a path unless it begins with http or https; in a page it is a URL
 * @returns the bytes, and a name for messages
 * @throws GraftError when they cannot be read
 */
export async function readGiven(
  weights: string | URL | Blob,
  { onProgress, signal }: WeightsOptions,
): Promise<{ bytes: Uint8Array; name: string }> {
  const abort = signal && { signal };
  if (weights instanceof Blob) {
    const name = weights instanceof File ? weights.name : 'the Blob';
    return { bytes: await readBytes(weights, { ...abort }), name };
  }
  const name = String(weights);
  if (!/^(?:https?|blob|data):/.test(name)) {
    const { readPath } = await thisHost();
    return { bytes: await readPath(weights, { ...abort }), name };
  }
  const bytes = await readBytes(name, {
    ...abort,
    onProgress: ({ loaded, total }) => {
      const progress = { file: name, source: name, received: loaded };
      onProgress?.(total === undefined ? progress : { ...progress, total });
    },
  });
  return { bytes, name };
}
