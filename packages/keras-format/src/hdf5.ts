// HDF5 bytes in and out of h5wasm's memory. The library is large and loaded when a file is first touched.

import { GraftError, isGraftError } from '@graftjs/core';
import type { File, Group } from 'h5wasm';

let files = 0;

/**
 * Opens bytes as an HDF5 file while `read` looks at it.
 *
 * @throws GraftError when the bytes are no HDF5 file, or a damaged one
 */
export async function readHdf5<T>(
  bytes: Uint8Array,
  fileName: string,
  read: (root: Group) => T,
): Promise<T> {
  return withFile((path, { hdf5, File }) => {
    hdf5.FS.writeFile(path, bytes);
    let file: File | undefined;
    try {
      file = new File(path, 'r');
      return read(file);
    } catch (error) {
      if (isGraftError(error)) throw error;
      throw new GraftError(`${fileName} ${complaint(error)}`, { cause: error });
    } finally {
      file?.close();
    }
  });
}

/** The bytes of a new HDF5 file that `write` fills. */
export async function writeHdf5(write: (root: Group) => void): Promise<Uint8Array> {
  return withFile((path, { hdf5, File }) => {
    const file = new File(path, 'w');
    try {
      write(file);
    } finally {
      file.close();
    }
    return hdf5.FS.readFile(path, { encoding: 'binary' });
  });
}

type Library = Awaited<ReturnType<typeof loadLibrary>>;

/** h5wasm's default entry keeps files in memory, in Node too; its `/node` entry would follow links to the disk. */
async function loadLibrary() {
  const { File, ready } = await import('h5wasm');
  return { File, hdf5: await ready };
}

async function withFile<T>(use: (path: string, library: Library) => T): Promise<T> {
  const library = await loadLibrary();
  const { hdf5 } = library;
  const path = `/graft-${files++}.h5`;
  // Without this, HDF5 prints pages to stderr and goes on with an invalid file.
  hdf5.activate_throwing_error_handler();
  try {
    return use(path, library);
  } finally {
    hdf5.deactivate_throwing_error_handler();
    if (hdf5.FS.analyzePath(path, false).exists) hdf5.FS.unlink(path);
  }
}

function complaint(error: unknown): string {
  const message = String(error);
  if (message.includes('file signature not found')) return 'is not an HDF5 file';
  if (message.includes('truncated file')) return 'is truncated';
  // HDF5 reports its whole call stack; the last line is the cause.
  const cause = /.*\(\): (.+)/.exec(
    message.split('\n').findLast((line) => /#\d+:/.test(line)) ?? '',
  );
  return `is damaged: ${cause?.[1] ?? message}`;
}
