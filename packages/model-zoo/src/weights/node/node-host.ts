// Node as a host of weights.

import { GraftError } from '@graftjs/core';
import type { Host } from '../weights-store.js';
import { folderStore, weightsFolder } from './folder-store.js';
import { kerasHome } from './keras-home.js';
import { pythonPackage } from './python-package.js';

const { createHash } = process.getBuiltinModule('node:crypto');
const { readFile } = process.getBuiltinModule('node:fs/promises');

export function nodeHost(): Host {
  return {
    store: folderStore(weightsFolder()),
    local: [kerasHome()],
    remote: [pythonPackage()],
    digest: async (algorithm, bytes) => createHash(algorithm).update(bytes).digest('hex'),
    async readPath(path, { signal }) {
      try {
        return await readFile(path, signal ? { signal } : {});
      } catch (error) {
        signal?.throwIfAborted();
        throw new GraftError(`${path} cannot be read: ${(error as Error).message}`);
      }
    },
  };
}
