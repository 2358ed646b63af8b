// Reads a pickle as data: it runs nothing, and knows only the opcodes and globals that a state dict needs.

import type { Cursor } from './cursor.js';
import { damaged, printable } from './damaged.js';

/** A global of Python that a pickle may name, and what calling it gives. */
export interface PickleGlobal {
  readonly name: string;
  readonly call?: (args: readonly unknown[]) => unknown;
}

export interface PickleOptions {
  /** By `module.name`; every other is refused. */
  readonly globals: ReadonlyMap<string, PickleGlobal>;
  /** What a persistent id stands for. */
  readonly persistent: (id: unknown) => unknown;
}

const MARK = Symbol('mark');
/** A tensor takes some 40 opcodes. Each may make an object, and objects take far more memory than their byte in the file. */
const MAX_OPCODES = 2 ** 20;
/** Integers of a state dict fit into 64 bits; the stream's magic number has 80. */
const MAX_INTEGER_BYTES = 16;

/**
 * The value of the pickle at the cursor, which then stands behind it. Dictionaries become maps, tuples and lists arrays,
 * integers numbers where these are exact. Time and memory are linear in the bytes: no opcode makes more than it reads.
 *
 * @throws GraftError for an opcode or a global that is not allowed, and for damage
 */
export function readPickle(cursor: Cursor, options: PickleOptions): unknown {
  return new PickleReader(cursor, options).read();
}

class PickleReader {
  private stack: unknown[] = [];
  private readonly memo = new Map<number, unknown>();

  constructor(
    private readonly cursor: Cursor,
    private readonly options: PickleOptions,
  ) {}

  read(): unknown {
    for (let count = 0; count < MAX_OPCODES; count++) {
      const code = this.cursor.uint8();
      // STOP
      if (code === 0x2e) return this.pop();
      this.run(code);
    }
    throw damaged(`a pickle has more than ${MAX_OPCODES} opcodes`);
  }

  /** Opcodes are characters, as in Python's own table. */
  private run(code: number): void {
    const { cursor } = this;
    switch (String.fromCharCode(code)) {
      case '\x80':
        return this.checkProtocol(cursor.uint8());
      case '(':
        return this.push(MARK);
      case 'N':
        return this.push(null);
      case '\x88':
        return this.push(true);
      case '\x89':
        return this.push(false);
      case 'J':
        return this.push(cursor.int32());
      case 'K':
        return this.push(cursor.uint8());
      case 'M':
        return this.push(cursor.uint16());
      case '\x8a':
        return this.push(readInteger(cursor.take(cursor.uint8())));
      case 'G':
        return this.push(cursor.bigEndianFloat64());
      case 'X':
        return this.push(new TextDecoder().decode(cursor.take(cursor.uint32())));
      // Texts of Python 2.
      case 'U':
        return this.push(new TextDecoder('latin1').decode(cursor.take(cursor.uint8())));
      case 'T':
        return this.push(new TextDecoder('latin1').decode(cursor.take(cursor.uint32())));
      case ')':
      case ']':
        return this.push([]);
      case '}':
        return this.push(new Map());
      case '\x85':
        return this.push(this.popMany(1));
      case '\x86':
        return this.push(this.popMany(2));
      case '\x87':
        return this.push(this.popMany(3));
      case 't':
        return this.push(this.popToMark());
      case 'a':
        return this.append([this.pop()]);
      case 'e':
        return this.append(this.popToMark());
      case 's':
        return this.setItems(this.popMany(2));
      case 'u':
        return this.setItems(this.popToMark());
      case 'q':
        return void this.memo.set(cursor.uint8(), this.top());
      case 'r':
        return void this.memo.set(cursor.uint32(), this.top());
      case 'h':
        return this.push(this.recall(cursor.uint8()));
      case 'j':
        return this.push(this.recall(cursor.uint32()));
      case 'c':
        return this.push(this.findGlobal(`${cursor.line()}.${cursor.line()}`));
      case 'Q':
        return this.push(this.options.persistent(this.pop()));
      case 'R':
        return this.reduce();
      case 'b':
        return this.build();
      default:
        throw damaged(`the pickle opcode 0x${code.toString(16)} is none that a state dict needs`);
    }
  }

  private checkProtocol(protocol: number): void {
    if (protocol !== 2) throw damaged(`pickle protocol ${protocol}; torch.save writes 2`);
  }

  private findGlobal(name: string): PickleGlobal {
    const found = this.options.globals.get(name);
    if (found) return found;
    throw damaged(
      `it asks for the Python global ${printable(name)}, which a state dict does not need`,
    );
  }

  private reduce(): void {
    const [callable, args] = this.popMany(2) as [Partial<PickleGlobal> | null, unknown];
    // Whatever stands on the stack is data; only what `findGlobal` put there has a `call`.
    if (typeof callable?.call !== 'function' || !Array.isArray(args)) {
      throw damaged('the pickle calls what is no function');
    }
    this.push(callable.call(args as unknown[]));
  }

  /** An OrderedDict may carry attributes (`_metadata`): they say nothing of its tensors. */
  private build(): void {
    this.pop();
    if (!(this.top() instanceof Map)) throw damaged('the pickle sets the state of an object');
  }

  private append(items: readonly unknown[]): void {
    const list = this.top();
    if (!Array.isArray(list)) throw damaged('the pickle appends to what is no list');
    for (const item of items) list.push(item);
  }

  private setItems(items: readonly unknown[]): void {
    const dictionary = this.top();
    if (!(dictionary instanceof Map) || items.length % 2 !== 0) {
      throw damaged('the pickle sets items of what is no dictionary');
    }
    for (let i = 0; i < items.length; i += 2) dictionary.set(items[i], items[i + 1]);
  }

  private recall(index: number): unknown {
    if (!this.memo.has(index)) throw damaged('the pickle recalls what it never noted');
    return this.memo.get(index);
  }

  private push(value: unknown): void {
    this.stack.push(value);
  }

  private top(): unknown {
    const value = this.stack.at(-1);
    if (value === undefined || value === MARK)
      throw damaged('the pickle takes from an empty stack');
    return value;
  }

  private pop(): unknown {
    const value = this.top();
    this.stack.pop();
    return value;
  }

  private popMany(count: number): unknown[] {
    return Array.from({ length: count }, () => this.pop()).reverse();
  }

  private popToMark(): unknown[] {
    const mark = this.stack.lastIndexOf(MARK);
    if (mark < 0) throw damaged('the pickle has no mark where it needs one');
    const items = this.stack.splice(mark + 1);
    this.stack.pop();
    return items;
  }
}

/** Two's complement, the least significant byte first. */
function readInteger(bytes: Uint8Array): number | bigint {
  if (bytes.length > MAX_INTEGER_BYTES) throw damaged(`an integer of ${bytes.length} bytes`);
  let value = 0n;
  for (const [i, byte] of bytes.entries()) value |= BigInt(byte) << BigInt(8 * i);
  const integer = BigInt.asIntN(8 * bytes.length, value);
  return Number.isSafeInteger(Number(integer)) ? Number(integer) : integer;
}
