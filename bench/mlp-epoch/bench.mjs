// One epoch of the lesson's model A on Fashion-MNIST: Graft beside Keras, PyTorch and stock tfjs-node, in turn.

import { median, runNode, runPython, runWith } from '../lib/measure.mjs';
import { publish } from '../lib/results.mjs';
import { torchPython } from '../lib/torch.mjs';

const ROUNDS = 3;
const RECIPES = [['adam'], ['sgd']];
/** One thread within an operation: these are so small that two wait for each other. */
const oneThread = { TF_NUM_INTRAOP_THREADS: '1', OMP_NUM_THREADS: '1' };

export async function bench() {
  compare('mlp-epoch', RECIPES, 'One epoch of model A');
}

/** Trains by each recipe: the optimizer, and `dropout` where there is one. Publishes the table under the bench's name. */
export function compare(name, recipes, title) {
  const torch = torchPython();
  const sides = {
    Graft: (recipe) => runNode('./graft.mjs', recipe, import.meta.url),
    'Graft, one thread': (recipe) => runNode('./graft.mjs', recipe, import.meta.url, oneThread),
    Keras: (recipe) => runPython('./keras_epoch.py', recipe, import.meta.url),
    'Keras, one thread': (recipe) =>
      runPython('./keras_epoch.py', recipe, import.meta.url, oneThread),
    PyTorch: (recipe) => runWith(torch, './torch_epoch.py', recipe, import.meta.url),
    'PyTorch, one thread': (recipe) =>
      runWith(torch, './torch_epoch.py', recipe, import.meta.url, oneThread),
    stock: (recipe) => runNode('./stock.mjs', recipe, import.meta.url),
  };
  const rows = [];
  let versions = {};
  for (const recipe of recipes) {
    const results = Object.fromEntries(Object.keys(sides).map((side) => [side, []]));
    for (let round = 0; round < ROUNDS; round++) {
      for (const [side, run] of Object.entries(sides)) results[side].push(run(recipe));
    }
    const all = (side) => results[side].flatMap(({ seconds }) => seconds);
    const ratio = (side, to) => (median(all(side)) / median(all(to))).toFixed(2);
    for (const side of Object.keys(sides)) {
      versions = { ...versions, ...results[side][0].versions };
      rows.push([
        ...[recipe.join(', '), side, median(all(side)).toFixed(2)],
        `${Math.min(...all(side)).toFixed(2)} to ${Math.max(...all(side)).toFixed(2)}`,
        ...[ratio(side, 'Keras'), ratio(side, 'PyTorch')],
        Math.round(median(results[side].map(({ peakMegabytes }) => peakMegabytes))),
      ]);
    }
  }
  publish(name, {
    title,
    how:
      `784-300-100-50-50-50-8, SELU, 43,986 images, batches of 32, shuffled. ${ROUNDS} rounds in turn; each process trains ` +
      'one epoch to warm up and three that count. "stock" is `model.fit` of tfjs-layers with its own optimizer on the same ' +
      'TensorFlow; PyTorch picks its batches from one tensor, and has the fused optimizer. "one thread": within an operation, ' +
      '`TF_NUM_INTRAOP_THREADS=1` or `OMP_NUM_THREADS=1`; else as each has it by default. Ratios are those of the medians.',
    versions,
    header: [
      ...['recipe', 'side', 'seconds an epoch', 'from to', 'to Keras', 'to PyTorch'],
      'peak memory, MB',
    ],
    rows,
  });
}
