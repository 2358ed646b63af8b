// Graft's cache in a browser: the Cache API, which writes a file whole or not at all.

import type { WeightsStore } from '../weights-store.js';

/** Keys look like URLs; nothing is fetched from them. */
const base = 'https://graft.invalid/';

/** A store under a name of its own. Where a page has no caches (it needs https or localhost), nothing is kept. */
export function cacheStore(cacheName: string): WeightsStore {
  const keyOf = (name: string, kind = 'file'): string =>
    `${base}${kind}/${encodeURIComponent(name)}`;
  const open = async (): Promise<Cache> => {
    if (typeof caches === 'undefined') throw new Error('this page has no caches: it needs https');
    return caches.open(cacheName);
  };
  const match = async (key: string): Promise<Response | undefined> =>
    typeof caches === 'undefined' ? undefined : (await open()).match(key);
  return {
    name: `the browser's cache ${cacheName}`,
    async read({ name }) {
      const response = await match(keyOf(name));
      return response && new Uint8Array(await response.arrayBuffer());
    },
    async keep(name, bytes) {
      await (await open()).put(keyOf(name), new Response(bytes as BodyInit));
    },
    async readPart(name) {
      const response = await match(keyOf(name, 'part'));
      const origin = response?.headers.get('x-origin');
      if (!response || !origin) return undefined;
      return {
        origin: decodeURIComponent(origin),
        bytes: new Uint8Array(await response.arrayBuffer()),
      };
    },
    async keepPart(name, { origin, bytes }) {
      const headers = { 'x-origin': encodeURIComponent(origin) };
      await (await open()).put(keyOf(name, 'part'), new Response(bytes as BodyInit, { headers }));
    },
    async dropPart(name) {
      if (typeof caches !== 'undefined') await (await open()).delete(keyOf(name, 'part'));
    },
  };
}
