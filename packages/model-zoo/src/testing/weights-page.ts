// For tests: the page that looks for weights in a real browser.

import { findWeights } from '../weights/find-weights.js';
import { mirror } from '../weights/mirror.js';
import type { WeightsFile } from '../weights/model-entry.js';

declare global {
  interface Window {
    /** Sum of the bytes, source, and the lines of the log, or the error's message. */
    find: (
      file: WeightsFile,
      options: { mirror?: string; offline?: boolean; stopAt?: number },
    ) => Promise<{ sum: number; length: number; source: string; lines: string[] } | string>;
    keys: () => Promise<string[]>;
  }
}

window.find = async (file, { mirror: url, offline, stopAt = Infinity }) => {
  const lines: string[] = [];
  const stop = new AbortController();
  try {
    const { bytes, source } = await findWeights(file, {
      ...(url !== undefined && { providers: [mirror(url)] }),
      ...(offline !== undefined && { offline }),
      signal: stop.signal,
      log: (line) => lines.push(line),
      onProgress: ({ received }) => {
        if (received >= stopAt) stop.abort(new Error('stopped'));
      },
    });
    return { sum: bytes.reduce((a, b) => a + b, 0), length: bytes.length, source, lines };
  } catch (error) {
    return (error as Error).message;
  }
};

window.keys = async () => {
  const cache = await caches.open('graft-weights');
  return (await cache.keys()).map(({ url }) => new URL(url).pathname);
};
