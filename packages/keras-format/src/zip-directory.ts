// The list at the end of a zip archive, as far as the unpacking library does not tell of it.

import { GraftError } from '@graftjs/core';

export interface ZipEntry {
  readonly name: string;
  readonly isEncrypted: boolean;
  /** CRC-32 of the unpacked bytes. */
  readonly checksum: number;
  /** Where its own header begins. */
  readonly offset: number;
}

const endSignature = 0x06054b50;
const endSize = 22;
const longestComment = 0xffff;
const entrySignature = 0x02014b50;
const entrySize = 46;
const headerSignature = 0x04034b50;
const headerSize = 30;
/** A model file has three entries, and few more with assets. */
const mostEntries = 10_000;

/** @throws GraftError when the bytes are no whole zip archive */
export function listEntries(bytes: Uint8Array, fileName: string): ZipEntry[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 4 || view.getUint16(0, true) !== 0x4b50) {
    throw new GraftError(`${fileName} is not a zip archive`);
  }
  const end = findEnd(view);
  if (end === undefined) throw new GraftError(`${fileName} is truncated`);
  const count = view.getUint16(end + 10, true);
  if (count > mostEntries) {
    throw new GraftError(`${fileName} holds more entries than any model: ${count}`);
  }
  const entries: ZipEntry[] = [];
  let at = view.getUint32(end + 16, true);
  for (let i = 0; i < count; i++) {
    const isEntry = at + entrySize <= end && view.getUint32(at, true) === entrySignature;
    if (!isEntry) throw new GraftError(`${fileName} is a damaged zip archive: no entry ${i}`);
    const nameLength = view.getUint16(at + 28, true);
    const name = new TextDecoder().decode(
      bytes.subarray(at + entrySize, at + entrySize + nameLength),
    );
    const flags = view.getUint16(at + 8, true);
    entries.push({
      ...{ name, isEncrypted: (flags & 1) === 1 },
      checksum: view.getUint32(at + 16, true),
      offset: view.getUint32(at + 42, true),
    });
    at += entrySize + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return entries;
}

/** Where the bytes of an entry begin, behind its own header; undefined where there is no header. */
export function contentOffset(bytes: Uint8Array, { offset }: ZipEntry): number | undefined {
  if (offset + headerSize > bytes.length) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint32(offset, true) !== headerSignature) return undefined;
  return (
    offset + headerSize + view.getUint16(offset + 26, true) + view.getUint16(offset + 28, true)
  );
}

function findEnd(view: DataView): number | undefined {
  const last = view.byteLength - endSize;
  for (let at = last; at >= Math.max(0, last - longestComment); at--) {
    if (view.getUint32(at, true) === endSignature) return at;
  }
  return undefined;
}
