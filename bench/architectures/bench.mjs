// Every architecture of the lesson, and three newer ones: saved by Keras with random weights, loaded here, outputs compared.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { median, runNode, runPython } from '../lib/measure.mjs';
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
  const remarks = [];
  let versions = {};
  for (const name of wanted) {
    const folder = mkdtempSync(join(tmpdir(), 'graft-architecture-'));
    try {
      const keras = runPython('./keras_architecture.py', [name, folder], import.meta.url);
      versions = keras.versions;
      const results = FORMATS.map((format) => compare(name, format, folder, keras));
      const isFar = results.some(({ good, isEqual }) => good && !isEqual);
      const exact = isFar ? compareExactly(name, folder, keras) : undefined;
      if (exact) remarks.push(`${name}: ${exact.text}`);
      for (const { cells, good, isEqual, file } of results) {
        const verdict = isEqual ? 'equal' : good && exact?.holds ? 'rounding' : 'DIFFERS';
        rows.push(good === undefined ? cells : [...cells, verdict]);
        if (verdict === 'DIFFERS') failures.push(file);
        console.error(rows.at(-1).join('  '));
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
        `(at most ${FEATURES}); "probabilities": largest error (at most ${PROBABILITIES}). "rounding": more than that, and ` +
        'no further from Keras in float64 than Keras in float32 is.',
      versions,
      remarks,
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
  if (names.length > 0) console.error(remarks.join('\n'));
  if (failures.length > 0) throw new Error(`not as in Keras: ${failures.join(', ')}`);
}

function compare(name, format, folder, { parameters, inputShape, featureLayer }) {
  const file = `${name}.${format}`;
  const args = [join(folder, `model.${format}`), featureLayer, JSON.stringify(inputShape)];
  try {
    const found = runNode('./load.mjs', args, import.meta.url);
    const { featureError, probabilityError, seconds } = found;
    const good = found.parameters === parameters && probabilityError <= PROBABILITIES;
    const errors = [featureError, probabilityError].map((error) => error.toExponential(1));
    const count = found.parameters.toLocaleString('en');
    const cells = [name, format, count, ...errors, seconds.toFixed(1)];
    return { file, cells, good, isEqual: good && featureError <= FEATURES };
  } catch (error) {
    const reason =
      error.message.split('\n').findLast((line) => /Error/.test(line)) ?? error.message;
    return { file, cells: [name, format, '', '', '', '', reason], good: undefined, isEqual: false };
  }
}

/**
 * Where two float32 results differ, the question is which is closer to the truth: ours has to be, on the median image, at
 * least as close to Keras in float64 as Keras itself is in one of the two ways to run a model there.
 */
function compareExactly(name, folder, { featureLayer, inputShape }) {
  const keras = runPython('./keras_float64.py', [name, folder], import.meta.url);
  const args = [
    join(folder, 'exact.h5'),
    featureLayer,
    JSON.stringify(inputShape),
    `${keras.count}`,
  ];
  const ours = median(runNode('./exact.mjs', args, import.meta.url).errors);
  const ways = Object.entries(keras.errors).map(([way, errors]) => [way, median(errors)]);
  const list = ways.map(([way, error]) => `Keras's \`${way}\` ${error.toExponential(1)}`);
  return {
    holds: ours <= Math.max(...ways.map(([, error]) => error)),
    text:
      `with statistics that keep signals at their size, the distance of the features from those of Keras in float64, median ` +
      `of ${keras.count} images: ours ${ours.toExponential(1)}, ${list.join(', ')}.`,
  };
}
