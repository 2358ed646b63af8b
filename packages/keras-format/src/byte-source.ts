// Bytes that are read piece by piece: from memory, or from a file that need not be in memory as a whole.

import { invalidArgument } from '@graftjs/core';

export interface ByteSource {
  readonly size: number;
  /** Fills `into` with the bytes from `position` on; all of them must be there. */
  read(position: number, into: Uint8Array): void;
}

/** The source that bytes in memory are. */
export function sourceOf(bytes: Uint8Array | ByteSource): ByteSource {
  if (bytes instanceof Uint8Array) {
    return {
      size: bytes.byteLength,
      read: (position, into) => into.set(bytes.subarray(position, position + into.byteLength)),
    };
  }
  if (typeof bytes !== 'object' || typeof bytes.read !== 'function') {
    throw invalidArgument('bytes', 'a Uint8Array', bytes);
  }
  return bytes;
}

/** A stretch of a source as a source. */
export function partOf(source: ByteSource, start: number, size: number): ByteSource {
  return { size, read: (position, into) => source.read(start + position, into) };
}

/** A copy of a stretch of a source. */
export function bytesOf(source: ByteSource, start = 0, size = source.size - start): Uint8Array {
  const bytes = new Uint8Array(size);
  source.read(start, bytes);
  return bytes;
}

const pieceSize = 1 << 20;

/** All bytes in turn, in pieces of a multiple of eight bytes but for the last one; a piece is overwritten by the next. */
export function* piecesOf(source: ByteSource): Generator<{ start: number; piece: Uint8Array }> {
  const buffer = new Uint8Array(Math.min(pieceSize, source.size));
  for (let start = 0; start < source.size; start += pieceSize) {
    const piece = buffer.subarray(0, Math.min(pieceSize, source.size - start));
    source.read(start, piece);
    yield { start, piece };
  }
}
