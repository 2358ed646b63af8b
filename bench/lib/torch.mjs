// PyTorch, which makes ONNX files of its own networks: installed when a bench first asks.

import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { findPython, interpreterOf } from '../../reference/find-python.mjs';
import { cache } from './model-files.mjs';
import { runWith } from './measure.mjs';

const packages = ['torch==2.13.0', 'onnx==1.23.2'];
const folder = join(cache, 'bench-torch');

/** The path of a network as PyTorch exports it. Images have their channels first. */
export function torchFile(name) {
  const file = join(cache, 'bench-models', `${name}.torch.onnx`);
  if (existsSync(file)) return file;
  runWith(torchPython(), './torch_networks.py', [name, file], import.meta.url);
  return file;
}

/** `GRAFT_TORCH_PYTHON`, or that of an environment that is made here. */
export function torchPython() {
  if (process.env.GRAFT_TORCH_PYTHON) return process.env.GRAFT_TORCH_PYTHON;
  const python = interpreterOf(folder);
  if (spawnSync(python, ['-c', 'import torch, onnx']).status === 0) return python;
  run(findPython().python, ['-m', 'venv', folder]);
  run(python, ['-m', 'pip', 'install', '--quiet', ...packages]);
  return python;
}

function run(program, args) {
  const { status, stderr, error } = spawnSync(program, args, { encoding: 'utf8' });
  if (error) throw error;
  if (status !== 0) throw new Error(`PyTorch cannot be installed: ${stderr}`);
}
