// Models in files on a disk, for Node.

import { randomUUID } from 'node:crypto';
import { readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, extname } from 'node:path';
import { GraftError, invalidArgument } from '@graftjs/core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { modelFromH5, modelToH5 } from './h5.js';

/**
 * Saves a model in the format that the file's extension names: `.h5`. An existing file is replaced at once or not at all.
 *
 * @throws GraftError when the extension is another, the folder is missing, or the model cannot be written
 * @example
 * await saveModel(model, 'clothes.h5');
 */
export async function saveModel(model: LayersModel, path: string): Promise<void> {
  checkExtension(path);
  const folder = dirname(path);
  const isFolder = await stat(folder).then(
    (entry) => entry.isDirectory(),
    () => false,
  );
  if (!isFolder) throw invalidArgument('path', 'in a folder that exists', path);
  const bytes = await modelToH5(model);
  const temporary = `${path}.${randomUUID()}.tmp`;
  try {
    await writeFile(temporary, bytes, { flush: true });
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw new GraftError(`${path} cannot be written: ${messageOf(error)}`, { cause: error });
  }
}

/**
 * Loads a model from a file in the format that its extension names: `.h5`.
 *
 * @throws GraftError when the extension is another, the file cannot be read, or its model is not supported
 * @example
 * const model = await loadModel('clothes.h5');
 */
export async function loadModel(path: string): Promise<LayersModel> {
  checkExtension(path);
  const bytes = await readFile(path).catch((error: unknown) => {
    throw new GraftError(`${path} cannot be read: ${messageOf(error)}`, { cause: error });
  });
  return modelFromH5(bytes, { name: path });
}

function checkExtension(path: string): void {
  if (typeof path !== 'string' || extname(path).toLowerCase() !== '.h5') {
    throw invalidArgument('path', 'the path of an .h5 file', path);
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
