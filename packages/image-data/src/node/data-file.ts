// A file of a public data set as it is pinned, and the check that what came is that file.

import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { GraftError } from '@graftjs/core';

const gunzipAsync = promisify(gunzip);

/** A file, pinned by what it holds unpacked, so that it does not matter who packed it. */
export interface DataFile {
  /** Its name unpacked; sources have it with `.gz` behind. */
  readonly name: string;
  /** Its length unpacked. */
  readonly bytes: number;
  /** Its length packed, for the progress bar alone: it depends on who packed it. */
  readonly packedBytes: number;
  /** Hash of the file unpacked, hexadecimal. */
  readonly sha256: string;
}

/** Files unpacked, by name. */
export type Contents = ReadonlyMap<string, Uint8Array>;

/**
 * Unpacks gzip, and leaves alone what a server has unpacked already. Never makes more than the file has.
 *
 * @throws GraftError when the data is damaged or too long
 */
export async function unpack(file: DataFile, data: Uint8Array): Promise<Uint8Array> {
  if (data[0] !== 0x1f || data[1] !== 0x8b) return data;
  try {
    return await gunzipAsync(data, { maxOutputLength: file.bytes });
  } catch (error) {
    throw new GraftError(`${file.name}.gz is damaged (${(error as Error).message})`);
  }
}

/** @throws GraftError unless the contents are the pinned files, byte for byte */
export function verify(files: readonly DataFile[], contents: Contents): void {
  for (const file of files) {
    const data = contents.get(file.name) ?? new Uint8Array();
    requireLength(file, data.length);
    const actual = createHash('sha256').update(data).digest('hex');
    if (actual !== file.sha256) {
      throw new GraftError(`${file.name} has the SHA-256 ${actual} instead of ${file.sha256}`);
    }
  }
}

/** @throws GraftError unless that is the file's length unpacked */
export function requireLength({ name, bytes }: DataFile, actual: number): void {
  if (actual !== bytes) throw new GraftError(`${name} has ${actual} bytes instead of ${bytes}`);
}
