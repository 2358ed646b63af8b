// Architectures of Keras with random weights as files, made once and kept beside the other caches.

import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { runNode, runPython } from './measure.mjs';

/** Where what benches make and install is kept. */
export const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'graft');

/** Those that Keras has not: Graft's zoo makes them. */
const ofGraft = ['EfficientNetLite0'];

/** The paths of a model as `h5`, `keras`, and `json` for stock tfjs. */
export function modelFiles(name) {
  const folder = join(cache, 'bench-models');
  const paths = ['h5', 'keras', 'json'].map((format) => [
    format,
    join(folder, `${name}.${format}`),
  ]);
  const files = Object.fromEntries(paths);
  // The last one to be written.
  if (existsSync(files.h5)) return files;
  const made = ofGraft.includes(name)
    ? [runNode('./zoo-file.mjs', [name, folder], import.meta.url)]
    : [];
  runPython('./keras_models.py', [name, folder, ...made], import.meta.url);
  return files;
}
