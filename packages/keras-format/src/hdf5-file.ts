// A source of bytes as a file that HDF5 reads: nothing is copied but what it asks for.

import type { ready } from 'h5wasm';
import type { ByteSource } from './byte-source.js';

type Hdf5 = Awaited<typeof ready>;

/** A file of emscripten's file system, as far as it is needed here; h5wasm does not type it. */
interface Node {
  usedBytes: number;
  stream_ops: {
    read(stream: unknown, into: Int8Array, offset: number, length: number, at: number): number;
  };
}

/**
 * Puts a file at `path`, for reading only.
 *
 * @returns `failure`, which gives what the source threw; HDF5 only learns that reading failed
 */
export function putFile(
  hdf5: Hdf5,
  path: string,
  source: ByteSource,
): { failure(): Error | undefined } {
  let thrown: Error | undefined;
  hdf5.FS.writeFile(path, new Uint8Array(0));
  const { node } = hdf5.FS.lookupPath(path, {}) as unknown as { node: Node };
  node.usedBytes = source.size;
  node.stream_ops = {
    ...node.stream_ops,
    read(_stream, into, offset, length, at) {
      const size = Math.max(0, Math.min(length, source.size - at));
      try {
        source.read(at, new Uint8Array(into.buffer, into.byteOffset + offset, size));
        return size;
      } catch (error) {
        thrown ??= error as Error;
        // What emscripten turns into an error of C; where nothing is read, HDF5 goes on with zeros.
        throw Object.assign(new Error('EIO', { cause: error }), { name: 'ErrnoError', errno: 29 });
      }
    },
  };
  return { failure: () => thrown };
}
