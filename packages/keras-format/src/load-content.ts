// Loads whatever a file on a disk holds, of every format that is read.

import { GraftError, invalidArgument, isGraftError } from '@graftjs/core';
import { type ByteSource, bytesOf } from './byte-source.js';
import { contentOf, type FileContent, h5Content } from './file-content.js';
import { inOneLine } from './one-line.js';
import { openFile, shardsBeside } from './open-file.js';
import type { Tensors } from './read-h5-tensors.js';
import { readKeras } from './read-keras.js';
import { readTfjs } from './read-tfjs.js';
import { readSafetensors } from './safetensors/read-safetensors.js';
import { readTorchCheckpoint } from './torch/read-torch-checkpoint.js';

/**
 * Loads whatever a file holds, once, by its extension: a model of `.keras`, `.h5` or `.json`, the tensors of `.weights.h5`,
 * an `.h5` file of weights alone, `.safetensors`, or a torch checkpoint (`.pt`, `.pth`, `.bin`, `.ckpt`). What is in the
 * file and not supported is a `problem` and no error: of a model that cannot be built, the tensors are there.
 *
 * @throws GraftError when the extension is another, the file cannot be read, or is damaged
 * @example
 * const content = await loadContent('checkpoint.pt');
 * if (content.kind === 'tensors') console.log([...content.tensors.keys()]);
 */
export async function loadContent(path: string): Promise<FileContent> {
  const extension = extensionOf(path, Object.keys(contentReaders));
  return openFile(path, (source) =>
    inOneLine(async () => contentReaders[extension]!(source, path)),
  );
}

type ContentReader = (source: ByteSource, path: string) => FileContent | Promise<FileContent>;

const torchContent: ContentReader = (source, path) =>
  tensorContent(path, () => readTorchCheckpoint(bytesOf(source)));

const contentReaders: Readonly<Record<string, ContentReader>> = {
  '.keras': async (source, path) => contentOf(await readKeras(source, path), path),
  '.h5': h5Content,
  '.json': async (source, path) => {
    const json = new TextDecoder().decode(bytesOf(source));
    return contentOf(await readTfjs(json, shardsBeside(path), path), path);
  },
  '.safetensors': (source, path) => tensorContent(path, () => readSafetensors(bytesOf(source))),
  '.pt': torchContent,
  '.pth': torchContent,
  '.bin': torchContent,
  '.ckpt': torchContent,
};

/** These readers do not know the file's name. */
function tensorContent(path: string, read: () => Tensors): FileContent {
  try {
    return { kind: 'tensors', tensors: read() };
  } catch (error) {
    if (!isGraftError(error)) throw error;
    throw new GraftError(`${path}: ${error.message}`, { cause: error });
  }
}

function extensionOf(path: string, extensions: readonly string[]): string {
  const name = String(path).toLowerCase();
  const found = extensions.find((each) => name.endsWith(each));
  if (typeof path === 'string' && found) return found;
  throw invalidArgument('path', `the path of a file that ends in ${extensions.join(', ')}`, path);
}
