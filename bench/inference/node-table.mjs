// Many predictions in Node: processes that have their models loaded predict in turn.

import { median } from '../lib/measure.mjs';
import { modelFiles } from '../lib/model-files.mjs';
import { loadOnnxRuntime } from '../lib/onnx.mjs';
import { graphModelFile } from '../lib/graph-model.mjs';
import { torchFile } from '../lib/torch.mjs';
import { publish } from '../lib/results.mjs';
import { startSide } from './side.mjs';

const MODELS = ['MobileNetV2', 'ResNet50', 'EfficientNetLite0'];
/** Batch size, rounds, and predictions in each. */
const BATCHES = [
  [1, 11, 8],
  [8, 7, 3],
];
const [RUNTIME, TFJS] = ['Graft, ONNX Runtime', 'Graft, tfjs'];
const [FUNCTION, TORCH, LAYERS] = [
  'Keras, `tf.function`',
  "ONNX Runtime, PyTorch's graph",
  'stock tfjs-layers',
];

/** What is asked of one side's time as a share of another's. */
const goals = [
  { side: RUNTIME, peer: TORCH, most: 1.05, applies: () => true },
  {
    side: RUNTIME,
    peer: FUNCTION,
    most: 0.5,
    applies: (name, size) => name === 'MobileNetV2' && size === 1,
  },
  { side: TFJS, peer: LAYERS, most: 0.7, applies: () => true },
];

export async function nodeTable() {
  loadOnnxRuntime();
  const rows = [];
  const remarks = [];
  let versions = {};
  for (const name of MODELS) {
    const sides = new Map();
    try {
      for (const [side, [script, args]] of commands(name)) {
        sides.set(side, await startSide(script, args));
        versions = { ...versions, ...sides.get(side).versions };
      }
      for (const batch of BATCHES) {
        const milliseconds = await measure(sides, batch);
        rows.push(...rowsOf(name, batch[0], milliseconds));
        remarks.push(...goalsOf(name, batch[0], milliseconds));
      }
    } finally {
      for (const side of sides.values()) side.stop();
    }
  }
  publish('inference', {
    title: 'Prediction in Node',
    how:
      'Images of 224 by 224, random weights. Each side is a process that has its model and is warm; they predict in turn, there and back, in ' +
      `${BATCHES.map(([size, rounds, count]) => `${rounds} rounds of ${count} batches of ${size}`).join(', ')}, each after one that is not timed; medians ` +
      "of the rounds. ONNX Runtime has the same settings in both of its sides. From an array on the host to an array on the host. Ratios to Keras's `tf.function`.",
    versions,
    header: ['model', 'batch size', 'side', 'ms a batch', 'ratio'],
    rows,
    remarks: [remarks.join('\n')],
  });
}

/** By side, what is started for it. */
function commands(name) {
  const { h5, json } = modelFiles(name);
  return [
    [RUNTIME, ['./graft.mjs', [h5, 'onnxruntime']]],
    [TFJS, ['./graft.mjs', [h5, 'tfjs']]],
    [TORCH, ['./onnx.mjs', [torchFile(name)]]],
    [FUNCTION, ['./keras_side.py', [h5, 'function']]],
    ['Keras, `predict`', ['./keras_side.py', [h5, 'predict']]],
    [LAYERS, ['./stock.mjs', [json, 'layers']]],
    ['stock tfjs graph model', ['./stock.mjs', [graphModelFile(name), 'graph']]],
  ];
}

function rowsOf(name, size, milliseconds) {
  const rows = [...milliseconds].map(([side, value]) => {
    const ratio = value / milliseconds.get(FUNCTION);
    return [name, size, side, value.toFixed(1), ratio.toFixed(2)];
  });
  console.error(rows.map((row) => row.join('  ')).join('\n'));
  return rows;
}

function goalsOf(name, size, milliseconds) {
  return goals
    .filter(({ applies }) => applies(name, size))
    .map(({ side, peer, most }) => {
      const ratio = milliseconds.get(side) / milliseconds.get(peer);
      return `- ${name}, batch of ${size}: ${side} takes ${ratio.toFixed(2)} of ${peer} (goal ${most})`;
    });
}

/** Milliseconds a batch, by side. */
async function measure(sides, [size, rounds, count]) {
  const seconds = new Map([...sides.keys()].map((side) => [side, []]));
  const largest = new Map();
  // The graph of TensorFlow is there from the third batch on.
  for (const [side, process] of sides) largest.set(side, (await process.predict(size, 4)).largest);
  checkSame(largest);
  for (let round = 0; round < rounds; round++) {
    // There and back, so that no side always follows the same one.
    const turns = round % 2 === 0 ? [...sides] : [...sides].reverse();
    for (const [side, process] of turns) {
      // The others have had the processor and its caches.
      await process.predict(size, 1);
      seconds.get(side).push((await process.predict(size, count)).seconds);
    }
  }
  return new Map([...seconds].map(([side, values]) => [side, 1000 * median(values)]));
}

/** All but PyTorch's have the same weights. */
function checkSame(largest) {
  const values = [...largest].filter(([side]) => side !== TORCH).map(([, value]) => value);
  if (values.some((value) => !(Math.abs(value - values[0]) < 1e-5))) {
    throw new Error(`the sides predict different values: ${values.join(', ')}`);
  }
}
