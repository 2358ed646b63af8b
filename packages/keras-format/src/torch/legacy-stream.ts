// The form of a checkpoint before torch 1.6: five pickles in a row, then the storages.

import { Cursor } from './cursor.js';
import { damaged } from './damaged.js';
import { readPickle } from './pickle.js';
import { stateDictOptions } from './state-dict-globals.js';
import type { Storage } from './tensor-view.js';
import { sizeOf } from '../safetensors/stored-tensor.js';
import type { Checkpoint } from './zip-archive.js';

const MAGIC_NUMBER = 0x1950a86a20f9469cfc6cn;
const PROTOCOL_VERSION = 1001;
const plainData = {
  globals: new Map<string, never>(),
  persistent: () => {
    throw damaged('a persistent id stands where none is due');
  },
};

/** Pickles open with their protocol. */
export function isLegacyStream(bytes: Uint8Array): boolean {
  return bytes[0] === 0x80;
}

export function readLegacyStream(bytes: Uint8Array): Checkpoint {
  const cursor = new Cursor(bytes);
  const [magic, version, system] = [1, 2, 3].map(() => readPickle(cursor, plainData));
  if (magic !== MAGIC_NUMBER) throw damaged('it is a pickle, but not one that torch.save wrote');
  if (version !== PROTOCOL_VERSION) throw damaged('its protocol version is unknown');
  if (system instanceof Map && system.get('little_endian') === false) {
    throw damaged('its numbers are not little-endian');
  }
  const storages = new Map<string, Storage>();
  const value = readPickle(cursor, stateDictOptions(storages));
  const keys = readPickle(cursor, plainData);
  if (!Array.isArray(keys)) throw damaged('it does not list its storages');
  const contents = new Map<string, Uint8Array>();
  for (const key of keys as unknown[]) {
    const storage = storages.get(key as string);
    if (!storage) throw damaged('it lists a storage that no tensor has');
    if (cursor.int64() !== BigInt(storage.count)) throw damaged('a storage has two sizes');
    contents.set(storage.key, cursor.take(storage.count * sizeOf(storage.dtype)));
  }
  return {
    value,
    bytesOf({ key }) {
      const content = contents.get(key);
      if (!content) throw damaged('it does not list all of its storages');
      return content;
    },
  };
}
