// Every architecture of the lesson, and three newer ones: saved by Keras with random weights, loaded here, outputs compared.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runNode, runPython } from '../lib/measure.mjs';
import { publish } from '../lib/results.mjs';

const ARCHITECTURES = [
  ...['Xception', 'VGG16', 'VGG19', 'ResNet50', 'ResNet101', 'ResNet152'],
  ...['ResNet50V2', 'ResNet101V2', 'ResNet152V2', 'InceptionV3', 'InceptionResNetV2'],
  ...['MobileNet', 'MobileNetV2', 'DenseNet121', 'DenseNet169', 'DenseNet201'],
  ...['NASNetMobile', 'NASNetLarge', 'EfficientNetB0', 'EfficientNetV2B0', 'ConvNeXtTiny'],
];
const FORMATS = ['h5', 'keras'];
const FEATURES = 2e-6;
const PROBABILITIES = 1e-6;

export async function bench(names) {
  const wanted = names.length > 0 ? names : ARCHITECTURES;
  const rows = [];
  const failures = [];
  let versions = {};
  for (const name of wanted) {
    const folder = mkdtempSync(join(tmpdir(), 'graft-architecture-'));
    try {
      const keras = runPython('./keras_architecture.py', [name, folder], import.meta.url);
      versions = keras.versions;
      for (const format of FORMATS) {
        const row = compare(name, format, folder, keras);
        rows.push(row.cells);
        if (row.failure) failures.push(row.failure);
        console.error(row.cells.join('  '));
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
  if (names.length === 0) {
    publish('architectures', {
      title: 'Architectures of Keras, loaded here',
      how:
        'Saved by Keras with random weights and BatchNormalization statistics, loaded by `loadModel`, one image of random ' +
        'pixels at the default size. "features": largest error of the last layer but one, relative to its largest value ' +
        `(at most ${FEATURES}); "probabilities": largest error (at most ${PROBABILITIES}).`,
      versions,
      header: [
        'architecture',
        'format',
        'parameters',
        'features',
        'probabilities',
        'seconds to load',
        '',
      ],
      rows,
    });
  }
  if (failures.length > 0) throw new Error(`not as in Keras: ${failures.join(', ')}`);
}

function compare(name, format, folder, { parameters, inputShape, featureLayer }) {
  const args = [join(folder, `model.${format}`), featureLayer, JSON.stringify(inputShape)];
  try {
    const found = runNode('./load.mjs', args, import.meta.url);
    const good =
      found.parameters === parameters &&
      found.featureError <= FEATURES &&
      found.probabilityError <= PROBABILITIES;
    const { featureError, probabilityError, seconds } = found;
    const errors = [featureError, probabilityError].map((error) => error.toExponential(1));
    const count = found.parameters.toLocaleString('en');
    const cells = [name, format, count, ...errors, seconds.toFixed(1), good ? 'equal' : 'DIFFERS'];
    return { cells, failure: good ? undefined : `${name}.${format}` };
  } catch (error) {
    const reason =
      error.message.split('\n').findLast((line) => /Error/.test(line)) ?? error.message;
    return { cells: [name, format, '', '', '', '', reason], failure: `${name}.${format}` };
  }
}
