// HDF5 bytes in and out of h5wasm's memory. The library is large and loaded when a file is first touched.

import { GraftError, isGraftError } from '@graftjs/core';
import type { File, Group } from 'h5wasm';
import { type ByteSource, sourceOf } from './byte-source.js';
import { hasEndlessHeap } from './global-heap.js';
import { putFile } from './hdf5-file.js';
import { withBoundedMemory } from './hdf5-memory.js';

let files = 0;

/**
 * Opens bytes as an HDF5 file while `read` looks at it. From a source, only what is read is taken into memory.
 *
 * @param fileName what to call the file in errors
 * @throws GraftError when the bytes are no HDF5 file, or a damaged one
 */
export async function readHdf5<T>(
  bytes: Uint8Array | ByteSource,
  fileName: string,
  read: (root: Group) => T,
): Promise<T> {
  const source = sourceOf(bytes);
  if (hasEndlessHeap(source)) throw new GraftError(`${fileName} is damaged: endless global heap`);
  const { File, hdf5 } = await loadLibrary();
  const path = newPath();
  const { failure } = putFile(hdf5, path, source);
  try {
    return withComplaints(
      hdf5,
      () => withBoundedMemory(source.size, () => use(new File(path, 'r'), read)),
      (complaint, cause) =>
        failure() ?? new GraftError(`${fileName} ${inWords(complaint)}`, { cause }),
    );
  } finally {
    hdf5.FS.unlink(path);
  }
}

/** The bytes of a new HDF5 file that `write` fills. */
export async function writeHdf5(write: (root: Group) => void): Promise<Uint8Array> {
  const { File, hdf5 } = await loadLibrary();
  const path = newPath();
  try {
    withComplaints(
      hdf5,
      () => use(new File(path, 'w'), write),
      (complaint, cause) => new Error(`HDF5 cannot write the file: ${complaint}`, { cause }),
    );
    return hdf5.FS.readFile(path, { encoding: 'binary' });
  } finally {
    if (hdf5.FS.analyzePath(path, false).exists) hdf5.FS.unlink(path);
  }
}

/** h5wasm's default entry keeps files in memory, in Node too; its `/node` entry would follow links to the disk. */
async function loadLibrary() {
  const { File, ready } = await import('h5wasm');
  return { File, hdf5: await ready };
}

type Hdf5 = Awaited<ReturnType<typeof loadLibrary>>['hdf5'];

function newPath(): string {
  return `/graft-${files++}.h5`;
}

function use<T>(file: File, action: (root: Group) => T): T {
  // The constructor does not throw when HDF5 refuses the file.
  if (file.file_id < 0n) throw new Error('HDF5 gives no file');
  try {
    return action(file);
  } finally {
    file.close();
  }
}

/** A stream of emscripten's file system, as far as it is needed here; h5wasm does not type it. */
interface Stream {
  stream_ops: {
    write(stream: Stream, from: Uint8Array, offset: number, length: number): number;
  };
}

/**
 * Runs `action` and throws if HDF5 complains meanwhile: by itself it prints to stderr and goes on with whatever memory
 * held. (h5wasm can make it throw instead, which loses stack at every error, until the module aborts.)
 */
function withComplaints<T>(
  hdf5: Hdf5,
  action: () => T,
  errorOf: (complaint: string, cause: unknown) => Error,
): T {
  const stderr = (hdf5.FS as unknown as { getStream(fd: number): Stream }).getStream(2);
  const operations = stderr.stream_ops;
  const decoder = new TextDecoder();
  let complaint = '';
  const write: Stream['stream_ops']['write'] = (_stream, from, offset, length) => {
    if (complaint.length < 10_000) {
      complaint += decoder.decode(from.subarray(offset, offset + length), { stream: true });
    }
    return length;
  };
  stderr.stream_ops = { ...operations, write };
  try {
    const result = action();
    if (complaint !== '') throw new Error(complaint);
    return result;
  } catch (error) {
    if (complaint === '' && isGraftError(error)) throw error;
    throw errorOf(complaint === '' ? String(error) : complaint, error);
  } finally {
    stderr.stream_ops = operations;
  }
}

/** HDF5 prints a stack of calls for each error; the last line of the first one is its cause. */
function inWords(complaint: string): string {
  const [first = ''] = complaint.split('HDF5-DIAG').filter((part) => part.trim() !== '');
  if (first.includes('file signature not found')) return 'is not an HDF5 file';
  if (first.includes('truncated file')) return 'is truncated';
  const lines = first.split('\n').filter((line) => /^\s*#\d+:/.test(line));
  return `is damaged: ${/\(\): (.+)/.exec(lines.at(-1) ?? '')?.[1] ?? first.trim()}`;
}
