// The checksum of zip archives, eight bytes at a time: by single bytes it would take longer than all the rest of loading.

import { type ByteSource, piecesOf, sourceOf } from './byte-source.js';

const stride = 8;

/** Table `k`, from `k * 256` on, has the checksum of each byte with `k` zeros behind it. */
const tables = makeTables();

export function crc32(bytes: Uint8Array | ByteSource): number {
  let sum = -1;
  for (const { piece } of piecesOf(sourceOf(bytes))) sum = advance(sum, piece);
  return ~sum >>> 0;
}

function advance(before: number, bytes: Uint8Array): number {
  const byte = (index: number) => bytes[index] as number;
  let sum = before;
  let at = 0;
  for (; at + stride <= bytes.length; at += stride) {
    const low =
      sum ^ (byte(at) | (byte(at + 1) << 8) | (byte(at + 2) << 16) | (byte(at + 3) << 24));
    sum =
      entry(7, low & 0xff) ^
      entry(6, (low >>> 8) & 0xff) ^
      entry(5, (low >>> 16) & 0xff) ^
      entry(4, low >>> 24) ^
      entry(3, byte(at + 4)) ^
      entry(2, byte(at + 5)) ^
      entry(1, byte(at + 6)) ^
      entry(0, byte(at + 7));
  }
  for (; at < bytes.length; at++) sum = entry(0, (sum ^ byte(at)) & 0xff) ^ (sum >>> 8);
  return sum;
}

function entry(table: number, byte: number): number {
  return tables[table * 256 + byte] as number;
}

function makeTables(): Int32Array {
  const made = new Int32Array(stride * 256);
  for (let byte = 0; byte < 256; byte++) {
    let value = byte;
    for (let bit = 0; bit < 8; bit++) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
    made[byte] = value;
  }
  for (let i = 256; i < made.length; i++) {
    const before = made[i - 256] as number;
    made[i] = (made[before & 0xff] as number) ^ (before >>> 8);
  }
  return made;
}
