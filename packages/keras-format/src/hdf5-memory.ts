// A bound on the memory that HDF5 takes while it reads a file: it asks for whatever length a damaged text claims.

import { largestInflation } from './datasets.js';

const pageSize = 65_536;
/** For what does not depend on the file: its own tables. */
const always = 64 << 20;

/**
 * Runs `action` with the memory that a file of this size can need, over what its library has; more of it is not given, and
 * HDF5 says so. The library tells nobody of its memory, so that growing is bounded for all WebAssembly meanwhile.
 */
export function withBoundedMemory<T>(fileSize: number, action: () => T): T {
  const { prototype } = WebAssembly.Memory;
  const { grow } = prototype;
  let left = always + fileSize * largestInflation;
  prototype.grow = function (pages) {
    left -= pages * pageSize;
    if (left < 0) throw new RangeError('no more memory for this file');
    return grow.call(this, pages);
  };
  try {
    return action();
  } finally {
    prototype.grow = grow;
  }
}
