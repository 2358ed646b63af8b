// The files of layers of every kind, checked by the package onnx: GRAFT_ONNX_PYTHON says which Python has it.

import '@tensorflow/tfjs-backend-cpu';
import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { toOnnx } from '@graftjs/inference';
import { registerLayers } from '@graftjs/layers';
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cases } from './cases/index.js';

const python = process.env.GRAFT_ONNX_PYTHON;
const script = fileURLToPath(new URL('../../../bench/onnx-zoo/check_onnx.py', import.meta.url));

/** What a file says that is sound: every name and type fits, and the shapes follow from each other. */
const kinds = [
  'LSTM, stock and ours',
  'masked GRU',
  'Bidirectional, merged in all ways',
  'ConvLSTM2D',
  'MultiHeadAttention',
  'einsumDense in many ways',
  'stock Conv3D and pools',
  'channels first: convolution, normalization, pooling',
  'resizing in other ways, to other proportions',
  'categories',
];

describe.runIf(python)('the package onnx', () => {
  let folder: string;

  beforeAll(async () => {
    await tf.setBackend('cpu');
    registerLayers();
    folder = await mkdtemp(join(tmpdir(), 'graft-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it.each(kinds)(
    'finds nothing wrong with %s',
    async (name) => {
      const { model } = (cases[name] as () => ReturnType<(typeof cases)[string]>)();
      for (const weights of ['float32', 'int8'] as const) {
        const file = join(folder, 'model.onnx');
        await writeFile(file, await toOnnx(model, { weights }));
        const said = execFileSync(python as string, [script, file, folder], { encoding: 'utf8' });
        expect(JSON.parse(said)).toMatchObject({ problem: null });
      }
    },
    60_000,
  );
});
