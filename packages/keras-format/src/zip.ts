// Zip archives in and out. From outside they are checked before anything is unpacked.

import { GraftError, isGraftError } from '@graftjs/core';
import { type UnzipFileInfo, unzipSync, zipSync } from 'fflate';
import { crc32 } from './crc32.js';
import { contentOffset, listEntries, type ZipEntry } from './zip-directory.js';

/** Keras stores without compression; someone who packs a file again makes it smaller by a few times. */
const largestExpansion = 100;
const alwaysAllowed = 1 << 20;

/**
 * Unpacks the named entries of an archive; those that are missing are missing in the result. What was stored without
 * compression is a part of `bytes`, not a copy.
 *
 * @param largest bytes that an entry may have, by name
 * @throws GraftError when the bytes are no archive, a damaged one, or one that is made to do harm
 */
export function readZip(
  bytes: Uint8Array,
  fileName: string,
  largest: Readonly<Record<string, number>>,
): Map<string, Uint8Array> {
  const listed = new Map<string, ZipEntry>();
  for (const entry of listEntries(bytes, fileName)) {
    const { name, isEncrypted } = entry;
    checkName(name, fileName);
    if (listed.has(name)) throw new GraftError(`${fileName} holds two entries named "${name}"`);
    if (isEncrypted) throw new GraftError(`"${name}" in ${fileName} is encrypted`);
    listed.set(name, entry);
  }
  const stored = new Map<string, Uint8Array>();
  const seen = new Set<string>();
  const filter = (entry: UnzipFileInfo): boolean => {
    const limit = Object.hasOwn(largest, entry.name) ? largest[entry.name] : undefined;
    if (limit === undefined) return false;
    const { name, size, originalSize } = entry;
    const expansion = Math.max(alwaysAllowed, Math.min(size, bytes.length) * largestExpansion);
    if (originalSize > Math.min(limit, expansion)) {
      throw new GraftError(
        `"${name}" in ${fileName} would unpack to ${originalSize} bytes from ${size}`,
      );
    }
    if (seen.has(name)) throw new GraftError(`${fileName} holds two entries named "${name}"`);
    seen.add(name);
    const content = entry.compression === 0 ? storedContent(bytes, listed.get(name), size) : null;
    if (content) stored.set(name, content);
    return !content;
  };
  const unpacked = unpack(bytes, fileName, filter);
  const files = new Map([...Object.entries(unpacked), ...stored]);
  for (const [name, content] of files) {
    if (crc32(content) !== listed.get(name)?.checksum) {
      throw new GraftError(`"${name}" in ${fileName} is damaged: its checksum is wrong`);
    }
  }
  return files;
}

/** An archive of these files, stored as they are. The same files give the same bytes. */
export function writeZip(files: Readonly<Record<string, Uint8Array>>): Uint8Array {
  return zipSync(files, { level: 0, mtime: new Date(1980, 0, 1) });
}

/** What is not compressed is not copied: it is most of the file. */
function storedContent(
  bytes: Uint8Array,
  entry: ZipEntry | undefined,
  size: number,
): Uint8Array | undefined {
  const start = entry && contentOffset(bytes, entry);
  if (start === undefined || start + size > bytes.length) return undefined;
  return bytes.subarray(start, start + size);
}

function unpack(
  bytes: Uint8Array,
  fileName: string,
  filter: (entry: UnzipFileInfo) => boolean,
): Record<string, Uint8Array> {
  try {
    return unzipSync(bytes, { filter });
  } catch (error) {
    if (isGraftError(error)) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new GraftError(`${fileName} is a damaged zip archive: ${reason}`, { cause: error });
  }
}

function checkName(name: string, fileName: string): void {
  const leavesFolder = name.split(/[\\/]/).includes('..');
  if (name === '' || leavesFolder || /^[\\/]|^[A-Za-z]:|\\|\0/.test(name)) {
    throw new GraftError(`${fileName} holds an entry with the unsafe name ${JSON.stringify(name)}`);
  }
}
