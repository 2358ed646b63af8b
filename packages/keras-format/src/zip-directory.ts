// The list at the end of a zip archive, and where its entries are.

import { GraftError } from '@graftjs/core';
import { type ByteSource, bytesOf } from './byte-source.js';

export interface ZipEntry {
  readonly name: string;
  readonly isEncrypted: boolean;
  /** 0 is none, 8 is Deflate. */
  readonly compression: number;
  /** CRC-32 of the unpacked bytes. */
  readonly checksum: number;
  /** Bytes in the archive. */
  readonly size: number;
  /** Bytes when it is unpacked. */
  readonly originalSize: number;
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
export function listEntries(source: ByteSource, fileName: string): ZipEntry[] {
  const isArchive = source.size >= 4 && viewOf(bytesOf(source, 0, 2)).getUint16(0, true) === 0x4b50;
  if (!isArchive) throw new GraftError(`${fileName} is not a zip archive`);
  const end = findEnd(source);
  if (!end) throw new GraftError(`${fileName} is truncated`);
  const { count, start, stop } = end;
  if (count > mostEntries) {
    throw new GraftError(`${fileName} holds more entries than any model: ${count}`);
  }
  const list = bytesOf(source, Math.min(start, stop), Math.max(0, stop - start));
  const view = viewOf(list);
  const entries: ZipEntry[] = [];
  let at = 0;
  for (let i = 0; i < count; i++) {
    const isEntry = at + entrySize <= list.length && view.getUint32(at, true) === entrySignature;
    if (!isEntry) throw new GraftError(`${fileName} is a damaged zip archive: no entry ${i}`);
    const behindName = at + entrySize + view.getUint16(at + 28, true);
    entries.push({
      name: new TextDecoder().decode(list.subarray(at + entrySize, behindName)),
      isEncrypted: (view.getUint16(at + 8, true) & 1) === 1,
      compression: view.getUint16(at + 10, true),
      checksum: view.getUint32(at + 16, true),
      size: view.getUint32(at + 20, true),
      originalSize: view.getUint32(at + 24, true),
      offset: view.getUint32(at + 42, true),
    });
    at = behindName + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return entries;
}

/** Where the content of an entry begins, behind its own header. */
export function findContent(source: ByteSource, entry: ZipEntry, fileName: string): number {
  const { offset, size, name } = entry;
  if (offset + headerSize <= source.size) {
    const header = viewOf(bytesOf(source, offset, headerSize));
    const lengths = header.getUint16(26, true) + header.getUint16(28, true);
    const start = offset + headerSize + lengths;
    const isHeader = header.getUint32(0, true) === headerSignature;
    if (isHeader && start + size <= source.size) return start;
  }
  throw new GraftError(`${fileName} is a damaged zip archive: "${name}" is not where it should be`);
}

function findEnd(source: ByteSource) {
  const start = Math.max(0, source.size - endSize - longestComment);
  const tail = viewOf(bytesOf(source, start));
  for (let at = tail.byteLength - endSize; at >= 0; at--) {
    if (tail.getUint32(at, true) === endSignature) {
      return {
        count: tail.getUint16(at + 10, true),
        start: tail.getUint32(at + 16, true),
        stop: start + at,
      };
    }
  }
  return undefined;
}

function viewOf({ buffer, byteOffset, byteLength }: Uint8Array): DataView {
  return new DataView(buffer, byteOffset, byteLength);
}
