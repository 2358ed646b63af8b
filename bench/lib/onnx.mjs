// ONNX Runtime and what makes its files: installed when a bench first asks, since they are large and nothing else needs them.

import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { findPython } from '../../reference/find-python.mjs';
import { runPython } from './measure.mjs';
import { cache, modelFiles } from './model-files.mjs';

const converter = ['tf2onnx==1.17.0', 'onnx==1.23.2', 'flatbuffers==25.12.19', 'ml_dtypes==0.6.0'];
const version = '1.30.0';
const runtime = `onnxruntime-node@${version}`;
const folder = join(cache, 'bench-onnx');

/** The path of a model as ONNX, made of its `.h5` file by tf2onnx. */
export function onnxFile(name) {
  const { h5 } = modelFiles(name);
  const file = join(cache, 'bench-models', `${name}.onnx`);
  if (existsSync(file)) return file;
  runPython('./keras_onnx.py', [h5, file, onnxLibraries()], import.meta.url);
  return file;
}

/** The folder of Python's packages onnx and tf2onnx. */
export function onnxLibraries() {
  const libraries = join(folder, 'python');
  if (!existsSync(join(libraries, 'onnx'))) installPython(libraries, converter);
  return libraries;
}

/** Installs packages of Python, without what they ask for, into a folder. */
export function installPython(folder, packages) {
  const options = ['--quiet', '--no-deps', '--target', folder];
  install(findPython().python, ['-m', 'pip', 'install', ...options, ...packages]);
}

/** The package `onnxruntime-node`, and its version. */
export function loadOnnxRuntime() {
  const require = createRequire(join(folder, 'index.js'));
  if (!existsSync(join(folder, 'node_modules', 'onnxruntime-node'))) {
    // Its own script would download libraries for CUDA.
    install('npm', [
      'install',
      '--silent',
      '--no-save',
      '--ignore-scripts',
      '--prefix',
      folder,
      runtime,
    ]);
  }
  return { ort: require('onnxruntime-node'), version };
}

function install(program, args) {
  const { status, stderr, error } = spawnSync(program, args, { encoding: 'utf8' });
  if (error) throw error;
  if (status !== 0) throw new Error(`${args.at(-1)} cannot be installed: ${stderr}`);
}
