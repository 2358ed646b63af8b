// Not a speed: every model of the zoo beside Keras's, with weights that Keras saved, at the size that it was made for and at
// another one.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runNode, runPython } from '../lib/measure.mjs';
import { publish } from '../lib/results.mjs';

const FEATURES = 2e-6;
const PROBABILITIES = 1e-6;

export async function bench(names) {
  const { models, versions } = runPython('./keras_zoo.py', ['--list'], import.meta.url);
  const unknown = names.filter((name) => !models.includes(name));
  if (unknown.length > 0) {
    throw new Error(`a model must be one of ${models.join(', ')}. Received: ${unknown.join(', ')}`);
  }
  const rows = [];
  for (const name of names.length > 0 ? names : models) {
    rows.push(compare(name));
    console.error(rows.at(-1).join('  '));
  }
  if (names.length === 0) {
    publish('zoo-parity', {
      title: 'The models of the zoo, beside those of Keras',
      how:
        'Built by Keras, its weights saved there as `.weights.h5` and loaded here by `weights: <path>`, with the same image. ' +
        'With the top at the size that the model was made for: "features", what enters the classifier, and "probabilities"; ' +
        'without it at another size: "averaged", the features of `pooling: "avg"`. Features: largest error relative to the ' +
        `largest value (at most ${FEATURES}); probabilities: largest error (at most ${PROBABILITIES}). EfficientNet-Lite0 is not ` +
        'in Keras: `reference/makers/zoo_cases` has it in Keras. AlexNet is compared by the tests alone, since no file of ' +
        "Keras's holds its normalization.",
      versions,
      header: ['model', 'parameters', 'size', 'features', 'probabilities', 'size', 'averaged', ''],
      rows,
    });
  }
  const different = rows.filter((row) => row.at(-1) !== 'equal').map(([name]) => name);
  if (different.length > 0) throw new Error(`not as in Keras: ${different.join(', ')}`);
}

function compare(name) {
  const folder = mkdtempSync(join(tmpdir(), 'graft-zoo-'));
  try {
    const keras = runPython('./keras_zoo.py', [name, folder], import.meta.url);
    const graft = runNode('./graft.mjs', [name, folder, JSON.stringify(keras)], import.meta.url);
    const { features, probabilities, averaged } = graft.errors;
    const isEqual =
      graft.parameters === keras.parameters &&
      Math.max(features, averaged) <= FEATURES &&
      probabilities <= PROBABILITIES;
    const [errors, sizes] = [
      [features, probabilities, averaged].map((error) => error.toExponential(1)),
      [keras.top.size, keras.noTop.size].map((size) => `${size} px`),
    ];
    return [
      ...[name, graft.parameters.toLocaleString('en'), sizes[0], errors[0], errors[1]],
      ...[sizes[1], errors[2], isEqual ? 'equal' : 'DIFFERS'],
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
