// Augmentation of photos in memory: Graft on each backend of Node beside Keras's ImageDataGenerator, in turn.

import { median, runNode, runPython } from '../lib/measure.mjs';
import { publish } from '../lib/results.mjs';
import { RECIPES } from './recipes.mjs';

const ROUNDS = 3;
const BACKENDS = ['tensorflow', 'cpu', 'wasm'];
const GOAL = 5;

export async function bench() {
  const rows = [];
  let versions = {};
  for (const [name, options] of Object.entries(RECIPES)) {
    const times = { keras: [], ...Object.fromEntries(BACKENDS.map((backend) => [backend, []])) };
    for (let round = 0; round < ROUNDS; round++) {
      const keras = runPython('./keras_augmentation.py', [kerasOptions(options)], import.meta.url);
      times.keras.push(...keras.milliseconds);
      versions = { ...versions, ...keras.versions };
      for (const backend of BACKENDS) {
        const graft = runNode('./graft.mjs', [backend, JSON.stringify(options)], import.meta.url);
        times[backend].push(...graft.milliseconds);
        versions = { ...versions, ...graft.versions };
      }
    }
    const keras = median(times.keras);
    rows.push([name, "Keras's ImageDataGenerator", keras.toFixed(2), '']);
    for (const backend of BACKENDS) {
      const own = median(times[backend]);
      rows.push([name, `Graft on ${backend}`, own.toFixed(2), (keras / own).toFixed(1)]);
    }
  }
  publish('augmentation', {
    title: 'Augmentation of photos of 224 x 224 pixels',
    how:
      'Milliseconds for an image, in batches of 32 from float32 in memory, median of many batches in processes that took turns. ' +
      '"the lesson\'s" turns, shifts and zooms; "all of geometry and colour" also shears, flips, shifts channels and changes ' +
      `brightness; the options stand in \`bench/augmentation/recipes.mjs\`. Goal: ${GOAL} times as fast as Keras.`,
    versions,
    header: ['options', '', 'ms an image', 'Keras / this'],
    rows,
  });
}

/** In the names that Python has for them. */
function kerasOptions(options) {
  const entries = Object.entries(options).map(([name, value]) => [
    name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
    value,
  ]);
  return JSON.stringify(Object.fromEntries(entries));
}
