// The zip form of a checkpoint, since torch 1.6: data.pkl, and each storage as an entry of its own.

import { unzipSync } from 'fflate';
import { isGraftError } from '@graftjs/core';
import { Cursor } from './cursor.js';
import { damaged } from './damaged.js';
import { readPickle } from './pickle.js';
import { stateDictOptions } from './state-dict-globals.js';
import type { Storage } from './tensor-view.js';

/** An entry of the directory takes no fewer bytes. */
const MIN_ENTRY = 46;

/** The pickled value of a checkpoint, and the bytes of its storages. */
export interface Checkpoint {
  readonly value: unknown;
  readonly bytesOf: (storage: Storage) => Uint8Array;
}

export function isZip(bytes: Uint8Array): boolean {
  return new TextDecoder().decode(bytes.subarray(0, 4)) === 'PK\x03\x04';
}

export function readZipArchive(bytes: Uint8Array): Checkpoint {
  const files = unpack(bytes);
  const pickle = files.get('data.pkl');
  if (!pickle) throw damaged('the zip file has no data.pkl');
  const byteOrder = files.get('byteorder');
  if (byteOrder && new TextDecoder().decode(byteOrder) !== 'little') {
    throw damaged('its numbers are not little-endian');
  }
  const value = readPickle(new Cursor(pickle), stateDictOptions(new Map()));
  return {
    value,
    bytesOf({ key }) {
      const storage = files.get(`data/${key}`);
      if (!storage) throw damaged(`the zip file has no data/${key}`);
      return storage;
    },
  };
}

/**
 * The entries that matter, without the folder in which torch puts them all. torch compresses nothing, so all of them
 * together are no larger than the file: an archive that says otherwise is refused before it is unpacked.
 */
function unpack(bytes: Uint8Array): Map<string, Uint8Array> {
  let entries = 0;
  let total = 0;
  const unzip = () =>
    unzipSync(bytes, {
      filter({ name, size, compression }) {
        // A damaged directory may promise billions of entries.
        if (++entries > bytes.length / MIN_ENTRY) throw damaged('the zip file is damaged');
        if (!/^[^/]+\/(data\.pkl|byteorder|data\/[^/]+)$/.test(name)) return false;
        if (compression !== 0) throw damaged(`${name} in the zip file is compressed`);
        total += size;
        if (total > bytes.length) throw damaged('the zip file promises more than it holds');
        return true;
      },
    });
  try {
    return new Map(
      Object.entries(unzip()).map(([name, data]) => [name.slice(name.indexOf('/') + 1), data]),
    );
  } catch (error) {
    // fflate does not check what it reads: beyond the end of the file it meets `undefined`.
    throw isGraftError(error) ? error : damaged('the zip file is damaged');
  }
}
