// Whatever a file holds, as far as it can be read: a model with its training, or tensors.

import { isGraftError } from '@graftjs/core';
import { buildModel } from './build-model.js';
import type { ByteSource } from './byte-source.js';
import { readHdf5 } from './hdf5.js';
import type { KerasModel } from './keras-model.js';
import { holdsModel, modelIn } from './read-h5.js';
import { type Tensors, tensorsIn, tensorsOf } from './read-h5-tensors.js';
import { readTraining, type Resumable } from './read-training.js';

/** A model, and what its file says of its training. */
export interface ModelContent extends Resumable {
  readonly kind: 'model';
  /** Why the state of the optimizer could not be read, where there is one. */
  readonly problem?: string;
}

/** Tensors by name, in the order of the file. */
export interface TensorContent {
  readonly kind: 'tensors';
  readonly tensors: Tensors;
  /** Why the model that the file holds could not be built, where there is one. */
  readonly problem?: string;
}

export type FileContent = ModelContent | TensorContent;

/** The content of an `.h5` file, of a whole model or of weights alone. */
export async function h5Content(source: ByteSource, fileName: string): Promise<FileContent> {
  const content = await readHdf5(source, fileName, (root) =>
    holdsModel(root)
      ? modelIn(root, source, fileName)
      : ({ kind: 'tensors', tensors: tensorsIn(root, source, fileName) } as const),
  );
  return 'kind' in content ? content : contentOf(content, fileName);
}

/** The model, or its weights where it has a layer that is not supported. */
export function contentOf(stored: KerasModel, fileName: string): FileContent {
  const attempt = attempted(() => buildModel(stored, fileName));
  if ('problem' in attempt) {
    return { kind: 'tensors', tensors: tensorsOf(stored.weights), ...attempt };
  }
  const model = attempt.result;
  const { training } = stored;
  const read = attempted(() => (training ? readTraining(training, model, fileName) : {}));
  return { kind: 'model', model, ...('problem' in read ? read : read.result) };
}

function attempted<T>(action: () => T): { readonly result: T } | { readonly problem: string } {
  try {
    return { result: action() };
  } catch (error) {
    if (!isGraftError(error)) throw error;
    return { problem: error.message };
  }
}
