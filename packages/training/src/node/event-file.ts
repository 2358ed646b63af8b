// A file of events as TensorBoard reads it: TensorFlow's records, each a protocol buffer.
// Field numbers: tensorflow/core/util/event.proto, tensorflow/core/framework/summary.proto.

import { appendFile, mkdir } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import protobuf from 'protobufjs';
import { GraftError, type Logs } from '@graftjs/core';
import { crc32c } from './crc32c.js';

const definitions = `
  syntax = "proto3";
  message Event {
    double wall_time = 1; int64 step = 2;
    oneof what { string file_version = 3; Summary summary = 5; }
  }
  message Summary {
    message Value { string tag = 1; oneof value { float simple_value = 2; } }
    repeated Value value = 1;
  }
`;
const message = protobuf.parse(definitions).root.lookupType('Event');

let files = 0;

/** Adds values to a file of events of its own in a folder, made when there is something to write. */
export class EventFile {
  private path: string | undefined;

  constructor(private readonly folder: string) {}

  /** @throws GraftError where the file cannot be written */
  async add(values: Logs, step: number): Promise<void> {
    const wallTime = Date.now() / 1000;
    const records: Uint8Array[] = [];
    try {
      if (this.path === undefined) {
        await mkdir(this.folder, { recursive: true });
        const name = [
          'events.out.tfevents',
          Math.floor(wallTime),
          hostname(),
          process.pid,
          files++,
        ];
        this.path = join(this.folder, name.join('.'));
        records.push(record({ wallTime, fileVersion: 'brain.Event:2' }));
      }
      const value = Object.entries(values).map(([tag, simpleValue]) => ({ tag, simpleValue }));
      records.push(record({ wallTime, step, summary: { value } }));
      await appendFile(this.path, Buffer.concat(records), { flush: true });
    } catch (error) {
      const reason = (error as Error).message;
      throw new GraftError(`${this.folder} cannot be written to: ${reason}`, { cause: error });
    }
  }
}

/** Length, its check, the event, its check. */
function record(event: object): Uint8Array {
  const bytes = message.encode(message.fromObject(event)).finish();
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(bytes.length));
  return Buffer.concat([length, check(length), bytes, check(bytes)]);
}

/** Masked, as TensorFlow has it: the check of bytes that hold checks. */
function check(bytes: Uint8Array): Uint8Array {
  const crc = crc32c(bytes);
  const rotated = (crc >>> 15) | (crc << 17);
  const masked = Buffer.alloc(4);
  masked.writeUInt32LE((rotated + 0xa282ead8) >>> 0);
  return masked;
}
