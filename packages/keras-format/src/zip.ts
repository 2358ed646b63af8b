// Zip archives in and out. From outside they are checked before anything is unpacked.

import { GraftError } from '@graftjs/core';
import { inflateSync, zipSync } from 'fflate';
import { type ByteSource, bytesOf, partOf, sourceOf } from './byte-source.js';
import { crc32 } from './crc32.js';
import { findContent, listEntries, type ZipEntry } from './zip-directory.js';

/** Keras stores without compression; someone who packs a file again makes it smaller by a few times. */
const largestExpansion = 100;
const alwaysAllowed = 1 << 20;

/**
 * Unpacks the named entries of an archive; those that are missing are missing in the result. What was stored without
 * compression stays where it is in the archive.
 *
 * @param largest bytes that an entry may have, by name
 * @throws GraftError when the bytes are no archive, a damaged one, or one that is made to do harm
 */
export function readZip(
  bytes: Uint8Array | ByteSource,
  fileName: string,
  largest: Readonly<Record<string, number>>,
): Map<string, ByteSource> {
  const archive = sourceOf(bytes);
  const names = new Set<string>();
  const wanted: ZipEntry[] = [];
  for (const entry of listEntries(archive, fileName)) {
    const { name, isEncrypted, size, originalSize } = entry;
    checkName(name, fileName);
    if (names.has(name)) throw new GraftError(`${fileName} holds two entries named "${name}"`);
    names.add(name);
    if (isEncrypted) throw new GraftError(`"${name}" in ${fileName} is encrypted`);
    const limit = Object.hasOwn(largest, name) ? largest[name] : undefined;
    if (limit === undefined) continue;
    const expansion = Math.max(alwaysAllowed, Math.min(size, archive.size) * largestExpansion);
    if (originalSize > Math.min(limit, expansion)) {
      throw new GraftError(
        `"${name}" in ${fileName} would unpack to ${originalSize} bytes from ${size}`,
      );
    }
    wanted.push(entry);
  }
  return new Map(wanted.map((entry) => [entry.name, contentOf(archive, entry, fileName)]));
}

/** An archive of these files, stored as they are. The same files give the same bytes. */
export function writeZip(files: Readonly<Record<string, Uint8Array>>): Uint8Array {
  return zipSync(files, { level: 0, mtime: new Date(1980, 0, 1) });
}

function contentOf(archive: ByteSource, entry: ZipEntry, fileName: string): ByteSource {
  const start = findContent(archive, entry, fileName);
  const packed = partOf(archive, start, entry.size);
  const content = entry.compression === 0 ? packed : unpack(packed, entry, fileName);
  if (content.size !== entry.originalSize || crc32(content) !== entry.checksum) {
    throw new GraftError(`"${entry.name}" in ${fileName} is damaged: its checksum is wrong`);
  }
  return content;
}

function unpack(packed: ByteSource, entry: ZipEntry, fileName: string): ByteSource {
  const { compression, originalSize } = entry;
  try {
    if (compression !== 8) throw new Error(`unknown compression type ${compression}`);
    return sourceOf(inflateSync(bytesOf(packed), { out: new Uint8Array(originalSize) }));
  } catch (error) {
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
