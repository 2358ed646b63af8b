// Bytes that arrive in pieces, in one array that grows.

export class ByteBuffer {
  length: number;
  private array: Uint8Array<ArrayBuffer>;

  constructor(start: Uint8Array = new Uint8Array()) {
    this.array = Uint8Array.from(start);
    this.length = start.length;
  }

  /** Makes room for so many bytes at once. */
  reserve(total: number): void {
    if (total <= this.array.length) return;
    const larger = new Uint8Array(total);
    larger.set(this.array.subarray(0, this.length));
    this.array = larger;
  }

  append(piece: Uint8Array): void {
    const end = this.length + piece.length;
    if (end > this.array.length) this.reserve(Math.max(end, 2 * this.array.length));
    this.array.set(piece, this.length);
    this.length = end;
  }

  /** Forgets all bytes from here on. */
  cut(length: number): void {
    this.length = length;
  }

  /** What has arrived: a view, which the next change may alter. */
  bytes(): Uint8Array<ArrayBuffer> {
    return this.array.subarray(0, this.length);
  }
}
