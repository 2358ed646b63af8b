// A damage that makes HDF5 loop for ever instead of complaining, found before it is opened.

const signature = 0x4c4f4347; // "GCOL", little-endian
const headerSize = 16;

/**
 * HDF5 keeps texts of varying length in global heaps: collections of objects, each after a header with its number and
 * size. Number 0 is the free space at the end; where it claims to take no bytes, libhdf5 2.0 reads it for ever. So it does
 * where an object claims to be so large that the place of the next one wraps around to its own.
 */
export function hasEndlessHeap(bytes: Uint8Array): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const last = bytes.byteLength - headerSize;
  // Collections are aligned to 8 bytes.
  for (let at = 0; at <= last; at += 8) {
    const isCollection =
      view.getUint32(at, true) === signature && view.getUint32(at + 4, true) === 1;
    if (isCollection && isEndless(view, at)) return true;
  }
  return false;
}

function isEndless(view: DataView, collection: number): boolean {
  const end = collection + sizeAt(view, collection + 8);
  let at = collection + headerSize;
  while (at + headerSize <= Math.min(end, view.byteLength)) {
    const isFree = view.getUint16(at, true) === 0;
    const size = sizeAt(view, at + 8);
    if ((isFree && size === 0) || size > end - at) return true;
    at += isFree ? size : headerSize + Math.ceil(size / 8) * 8;
  }
  return false;
}

function sizeAt(view: DataView, at: number): number {
  return Number(view.getBigUint64(at, true));
}
