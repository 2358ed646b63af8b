// A model as a tfjs graph model, made of its `.h5` file by the converter of tfjs.

import { existsSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { runPython } from './measure.mjs';
import { cache, modelFiles } from './model-files.mjs';
import { installPython } from './onnx.mjs';

const converter = ['tensorflowjs==4.22.0'];

/** The path of its `model.json`. */
export function graphModelFile(name) {
  const folder = join(cache, 'bench-models', `${name}.graph`);
  if (!existsSync(folder)) {
    const libraries = join(cache, 'bench-tfjs-converter');
    if (!existsSync(libraries)) installPython(libraries, converter);
    const { h5 } = modelFiles(name);
    const args = [h5, `${folder}.tmp`, libraries];
    runPython('./keras_graph_model.py', args, import.meta.url);
    renameSync(`${folder}.tmp`, folder);
  }
  return join(folder, 'model.json');
}
