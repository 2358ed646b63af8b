// Reads bytes one after the other, and complains where they end too early.

import { damaged } from './damaged.js';

export class Cursor {
  private at = 0;
  private readonly view: DataView;

  constructor(private readonly bytes: Uint8Array) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  take(size: number): Uint8Array {
    return this.bytes.subarray(this.advance(size), this.at);
  }

  uint8(): number {
    return this.view.getUint8(this.advance(1));
  }

  uint16(): number {
    return this.view.getUint16(this.advance(2), true);
  }

  int32(): number {
    return this.view.getInt32(this.advance(4), true);
  }

  uint32(): number {
    return this.view.getUint32(this.advance(4), true);
  }

  int64(): bigint {
    return this.view.getBigInt64(this.advance(8), true);
  }

  /** Pickle writes its floats, and these alone, the most significant byte first. */
  bigEndianFloat64(): number {
    return this.view.getFloat64(this.advance(8), false);
  }

  /** The text up to a line feed, which is skipped. */
  line(): string {
    const end = this.bytes.indexOf(0x0a, this.at);
    const text = this.take((end < 0 ? this.bytes.length + 1 : end) - this.at);
    this.at++;
    return new TextDecoder().decode(text);
  }

  private advance(size: number): number {
    const start = this.at;
    if (start + size > this.bytes.length) {
      throw damaged('it is truncated');
    }
    this.at += size;
    return start;
  }
}
