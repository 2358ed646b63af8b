// A page, or a worker of one, as a host of weights.

import { readBytes } from '@graftjs/keras-format';
import type { Host } from '../weights-store.js';
import { cacheStore } from './cache-store.js';

export function browserHost(): Host {
  return {
    store: cacheStore('graft-weights'),
    local: [],
    remote: [],
    async digest(algorithm, bytes) {
      if (algorithm === 'md5') {
        // Keras publishes MD5, which browsers lack.
        const { md5 } = await import('@noble/hashes/legacy.js');
        return hex(md5(bytes));
      }
      return hex(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes as BufferSource)));
    },
    readPath: (path, watch) => readBytes(path, watch),
  };
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
