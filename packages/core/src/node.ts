// What packages share that works on files, for Node.

export { cacheFolder } from './node/cache-folder.js';
export { checkFolder, writeWhole } from './node/write-whole.js';
