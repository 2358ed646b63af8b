// A head on a frozen MobileNetV2, from a folder of photos to its accuracy, cold start included: Graft beside Keras.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { median, runNode, runPython } from '../lib/measure.mjs';
import { cache } from '../lib/model-files.mjs';
import { publish } from '../lib/results.mjs';

/** The lesson's. The model takes pixels as they are. */
const AUGMENTATION = JSON.stringify({
  ...{ rotation_range: 20, width_shift_range: 0.2, height_shift_range: 0.2, zoom_range: 0.2 },
});

/** Options of Keras in our names. */
const camel = (json) => json.replace(/_(\w)/g, (_, letter) => letter.toUpperCase());

export async function bench(given) {
  const full = given.includes('--full');
  const folder = given.find((word) => !word.startsWith('--')) ?? process.env.GRAFT_PHOTOS;
  if (!folder || !existsSync(join(folder, 'train')) || !existsSync(join(folder, 'val'))) {
    throw new Error(
      'needs photos: npm run bench -- transfer-job FOLDER, which has train and val, each with a folder for each class',
    );
  }
  const h5 = join(cache, 'bench-models', 'MobileNetV2-base.h5');
  runPython('./keras_base.py', [h5, folder], import.meta.url);
  const keras = (epochs, recipe) =>
    timed(() => runPython('./keras_job.py', [h5, folder, epochs, recipe], import.meta.url));
  const graft = (epochs, recipe, variants) =>
    timed(() =>
      runNode('./graft.mjs', [h5, folder, epochs, camel(recipe), variants], import.meta.url),
    );
  // Fills the caches of files and libraries.
  graft('1', 'plain', '1');
  const rows = [];
  const row = (recipe, side, epochs, { seconds, accuracy, peakMegabytes }, reference, how = '') => {
    rows.push([
      ...[recipe, side, epochs, `${seconds.toFixed(1)}${how}`, (seconds / reference).toFixed(3)],
      accuracy === undefined ? '' : `${(100 * accuracy).toFixed(1)} %`,
      peakMegabytes === undefined ? '' : Math.round(peakMegabytes),
    ]);
    console.error(rows.at(-1).join('  '));
  };
  let versions = {};
  for (const [title, recipe, variants] of [
    ['none', 'plain', '1'],
    ["the lesson's", AUGMENTATION, '5'],
  ]) {
    const five = keras('5', recipe);
    const another = median(five.epochSeconds);
    const twenty = full ? keras('20', recipe) : { seconds: five.seconds + 15 * another };
    row(title, 'Keras', 5, five, five.seconds);
    row(title, 'Keras', 20, twenty, twenty.seconds, full ? '' : ', reckoned');
    const short = graft('5', recipe, variants);
    const kept = `Graft, ${variants === '1' ? 'features' : `features of ${variants} variants`} kept`;
    row(title, kept, 5, short, five.seconds);
    row(title, kept, 20, graft('20', recipe, variants), twenty.seconds);
    row(title, 'Graft, features in every epoch', 5, graft('5', recipe, '0'), five.seconds);
    versions = { ...five.versions, ...short.versions };
  }
  publish('transfer-job', {
    title: 'A head on a frozen MobileNetV2, from photos to accuracy',
    how:
      'Photos of two classes at 224 px, MobileNetV2 with random weights, global pooling, 64 units with ReLU, dropout 0.5, softmax, ' +
      'Adam, batches of 64, validation after each epoch. Seconds by the clock from the start of the process to the last accuracy. ' +
      '"kept": the base sees each photo once, or once in each of so many variants, before the first epoch. ' +
      '"reckoned": 5 epochs, and 15 times the median of those after the first; `--full` runs them.',
    versions,
    header: ['augmentation', 'side', 'epochs', 'seconds', 'ratio', 'accuracy', 'peak memory, MB'],
    rows,
  });
}

function timed(run) {
  const started = Date.now() / 1000;
  const result = run();
  return { ...result, seconds: result.finished - started };
}
