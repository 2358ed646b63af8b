// One epoch of the lesson's model A on Fashion-MNIST: Graft beside Keras and stock tfjs-node, in turn.

import { median, runNode, runPython } from '../lib/measure.mjs';
import { publish } from '../lib/results.mjs';

const ROUNDS = 3;
const RECIPES = [['adam'], ['sgd']];

export async function bench() {
  compare('mlp-epoch', RECIPES, 'One epoch of model A');
}

/** Trains by each recipe: the optimizer, and `dropout` where there is one. Publishes the table under the bench's name. */
export function compare(name, recipes, title) {
  const rows = [];
  let versions = {};
  for (const recipe of recipes) {
    const seconds = { graft: [], keras: [], stock: [] };
    const memory = { graft: [], keras: [], stock: [] };
    for (let round = 0; round < ROUNDS; round++) {
      const results = {
        graft: runNode('./graft.mjs', recipe, import.meta.url),
        keras: runPython('./keras_epoch.py', recipe, import.meta.url),
        stock: runNode('./stock.mjs', recipe, import.meta.url),
      };
      for (const [side, result] of Object.entries(results)) {
        seconds[side].push(...result.seconds);
        memory[side].push(result.peakMegabytes);
        versions = { ...versions, ...result.versions };
      }
    }
    const keras = median(seconds.keras);
    for (const side of ['graft', 'keras', 'stock']) {
      const value = median(seconds[side]);
      const spread = `${Math.min(...seconds[side]).toFixed(2)} to ${Math.max(...seconds[side]).toFixed(2)}`;
      rows.push([
        recipe.join(', '),
        side,
        value.toFixed(2),
        spread,
        (value / keras).toFixed(2),
        Math.round(median(memory[side])),
      ]);
    }
  }
  publish(name, {
    title,
    how:
      `784-300-100-50-50-50-8, SELU, 43,986 images, batches of 32, shuffled. ${ROUNDS} rounds in turn; each process trains ` +
      'one epoch to warm up and three that count. "stock" is `model.fit` of tfjs-layers with its own optimizer on the same ' +
      'TensorFlow. The ratio is that of the medians to Keras.',
    versions,
    header: ['recipe', 'side', 'seconds an epoch', 'from to', 'ratio to Keras', 'peak memory, MB'],
    rows,
  });
}
