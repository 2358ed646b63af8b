// Not a speed: every model of the zoo as an ONNX file, checked by the package onnx, and run by ONNX Runtime beside itself.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { modelNames } from '@graftjs/model-zoo';
import { runNode, runPython } from '../lib/measure.mjs';
import { onnxLibraries } from '../lib/onnx.mjs';
import { publish } from '../lib/results.mjs';

/** Of logits, in parts of the largest. */
const TOLERANCE = 1e-5;

export async function bench(names) {
  const unknown = names.filter((name) => !modelNames.includes(name));
  if (unknown.length > 0) {
    throw new Error(
      `a model must be one of ${modelNames.join(', ')}. Received: ${unknown.join(', ')}`,
    );
  }
  const rows = [];
  let versions = {};
  for (const name of names.length > 0 ? names : modelNames) {
    const { row, ...result } = compare(name);
    rows.push(row);
    versions = result.versions;
    console.error(row.join('  '));
  }
  if (names.length === 0) {
    publish('onnx-zoo', {
      title: 'The models of the zoo as ONNX',
      how:
        'Written by `toOnnx` with random weights at the size that the model was made for, without softmax; two random images. ' +
        '"checker": `onnx.checker.check_model(full_check=True)` and strict shape inference. "error": the largest difference ' +
        `to the model itself on TensorFlow, relative to the largest logit (at most ${TOLERANCE}).`,
      versions,
      header: ['model', 'size', 'nodes', 'operators', 'MB', 'checker', 'error', ''],
      rows,
    });
  }
  const different = rows.filter((row) => row.at(-1) !== 'equal').map(([name]) => name);
  if (different.length > 0) throw new Error(`not as the model itself: ${different.join(', ')}`);
}

function compare(name) {
  const folder = mkdtempSync(join(tmpdir(), 'graft-onnx-'));
  const file = join(folder, `${name}.onnx`);
  try {
    const graft = runNode('./graft.mjs', [name, file], import.meta.url);
    const { nodes, operators, problem, versions } = runPython(
      './check_onnx.py',
      [file, onnxLibraries()],
      import.meta.url,
    );
    const isEqual = problem === null && graft.error <= TOLERANCE;
    const row = [
      ...[name, `${graft.size} px`, nodes, operators, (graft.bytes / 1e6).toFixed(1)],
      ...[problem ?? 'ok', graft.error.toExponential(1), isEqual ? 'equal' : 'DIFFERS'],
    ];
    return { row, versions: { ...graft.versions, ...versions } };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
