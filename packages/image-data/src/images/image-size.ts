// The size of an image as its header tells it, before anything is decoded.

import type { ImageFormat } from './image-format.js';
import type { Size } from './image.js';

/**
 * Height and width, before a turn by EXIF; undefined where the header is damaged, or lies beyond these bytes.
 *
 * @param bytes from the first one on; a megabyte holds the header of nearly every file
 */
export function sizeInHeader(bytes: Uint8Array, format: ImageFormat): Size | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    return readers[format](view);
  } catch (error) {
    // Read past the end.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

const readers: Readonly<Record<ImageFormat, (view: DataView) => Size | undefined>> = {
  png: (view) => [view.getUint32(20), view.getUint32(16)],
  gif: (view) => [view.getUint16(8, true), view.getUint16(6, true)],
  webp: webpSize,
  jpeg: jpegSize,
};

/** Its first chunk says it in one of three ways. */
function webpSize(view: DataView): Size | undefined {
  const kind = String.fromCharCode(...[12, 13, 14, 15].map((at) => view.getUint8(at)));
  if (kind === 'VP8X') return [uint24(view, 27) + 1, uint24(view, 24) + 1];
  if (kind === 'VP8 ')
    return [view.getUint16(28, true) & 0x3fff, view.getUint16(26, true) & 0x3fff];
  if (kind !== 'VP8L') return undefined;
  // Fourteen bits each, after one byte of signature.
  const bits = view.getUint32(21, true);
  return [((bits >>> 14) & 0x3fff) + 1, (bits & 0x3fff) + 1];
}

function uint24(view: DataView, at: number): number {
  return view.getUint16(at, true) | (view.getUint8(at + 2) << 16);
}

/** In the segment that begins a frame: one of sixteen, three of which mean something else. */
function jpegSize(view: DataView): Size | undefined {
  for (let at = 2; view.getUint8(at) === 0xff;) {
    const marker = view.getUint8(at + 1);
    if (marker === 0xff) {
      // Any number of these may fill the room before a marker.
      at += 1;
      continue;
    }
    const beginsFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (beginsFrame) return [view.getUint16(at + 5), view.getUint16(at + 7)];
    at += 2 + view.getUint16(at + 2);
  }
  return undefined;
}
