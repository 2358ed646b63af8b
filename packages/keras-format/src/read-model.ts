// From bytes to a model, whatever the format.

import { buildModel } from './build-model.js';
import { type ByteSource, sourceOf } from './byte-source.js';
import type { KerasModel } from './keras-model.js';
import { modelVariables } from './model-variables.js';
import { inOneLine } from './one-line.js';
import { readTraining, type Resumable } from './read-training.js';

export interface ReadOptions {
  /** What to call the file in errors. */
  readonly name?: string;
}

/** @param withTraining whether the file's optimizer is wanted; one that is not supported then is an error */
export function readWith(
  read: (source: ByteSource, fileName: string) => Promise<KerasModel>,
  bytes: Uint8Array | ByteSource,
  { name = 'the file' }: ReadOptions,
  withTraining: boolean,
): Promise<Resumable> {
  return inOneLine(async () => {
    const stored = await read(sourceOf(bytes), name);
    const model = buildModel(stored, name);
    if (!withTraining || !stored.training) return { model };
    try {
      return { model, ...readTraining(stored.training, model, name) };
    } catch (error) {
      // A model that holds models keeps some of its variables when it is disposed.
      for (const { variable } of modelVariables(model)) variable.dispose();
      throw error;
    }
  });
}
