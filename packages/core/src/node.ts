// What packages share that works on files, for Node.

export { checkFolder, writeWhole } from './node/write-whole.js';
