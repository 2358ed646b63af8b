// A damage that makes HDF5 loop for ever instead of complaining, found before it is opened.

import { type ByteSource, bytesOf, piecesOf } from './byte-source.js';

const signature = 0x4c4f4347; // "GCOL", little-endian
const headerSize = 16;

/**
 * HDF5 keeps texts of varying length in global heaps: collections of objects, each after a header with its number and
 * size. Number 0 is the free space at the end; where it claims to take no bytes, libhdf5 2.0 reads it for ever. So it does
 * where an object claims to be so large that the place of the next one wraps around to its own.
 */
export function hasEndlessHeap(source: ByteSource): boolean {
  for (const { start, piece } of piecesOf(source)) {
    const view = viewOf(piece);
    const last = piece.byteLength - 8;
    // Collections are aligned to 8 bytes.
    for (let at = 0; at <= last; at += 8) {
      const isCollection =
        view.getUint32(at, true) === signature && view.getUint32(at + 4, true) === 1;
      if (isCollection && isEndless(source, start + at)) return true;
    }
  }
  return false;
}

function isEndless(source: ByteSource, collection: number): boolean {
  if (collection + headerSize > source.size) return false;
  const end = collection + sizeIn(bytesOf(source, collection, headerSize));
  const header = new Uint8Array(headerSize);
  let at = collection + headerSize;
  while (at + headerSize <= Math.min(end, source.size)) {
    source.read(at, header);
    const isFree = viewOf(header).getUint16(0, true) === 0;
    const size = sizeIn(header);
    if ((isFree && size === 0) || size > end - at) return true;
    at += isFree ? size : headerSize + Math.ceil(size / 8) * 8;
  }
  return false;
}

/** Collections and their objects have it at the same place of their headers. */
function sizeIn(header: Uint8Array): number {
  return Number(viewOf(header).getBigUint64(8, true));
}

function viewOf({ buffer, byteOffset, byteLength }: Uint8Array): DataView {
  return new DataView(buffer, byteOffset, byteLength);
}
