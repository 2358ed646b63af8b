// The lesson's first experiment: what 200 pictures of shirts and sandals teach, from scratch and on a network that knows clothes.

import { parseArgs } from 'node:util';
import '@tensorflow/tfjs-node-gpu';
import * as layers from '@tensorflow/tfjs-layers';
import { registerNodeBackend } from '@graftjs/backend-node';
import { arrayDataset, splitLesson } from '@graftjs/image-data';
import { loadFashionMnist } from '@graftjs/image-data/node';
import { SGD } from '@graftjs/optimizers';
import { evaluate, fit } from '@graftjs/training';
import { cloneModel, cutAt, fitPhases, graftHead } from '@graftjs/transfer';

const { values } = parseArgs({ options: { epochs: { type: 'string', default: '20' } } });
registerNodeBackend();

const { a, b } = splitLesson(await loadFashionMnist({ log: console.error }));
const batches = ({ xs, ys }) => arrayDataset({ xs, ys, batchSize: 32, shuffle: true, seed: 42 });

function network(head) {
  const input = layers.input({ shape: [784] });
  const body = [300, 100, 50, 50, 50].map((units, i) =>
    layers.layers.dense({
      ...{ units, activation: 'selu', name: `hidden_${i + 1}` },
      kernelInitializer: layers.initializers.glorotUniform({ seed: i }),
    }),
  );
  const outputs = [...body, head].reduce((x, layer) => layer.apply(x), input);
  return layers.model({ inputs: input, outputs });
}
const kernelInitializer = layers.initializers.glorotUniform({ seed: 9 });
const shirt = () =>
  layers.layers.dense({ units: 1, activation: 'sigmoid', name: 'shirt', kernelInitializer });

// Task A: eight kinds of clothing.
const clothes = { units: 8, activation: 'softmax', name: 'clothes', kernelInitializer };
const modelA = network(layers.layers.dense(clothes));
const manyClasses = { loss: 'sparseCategoricalCrossentropy', metrics: ['accuracy'] };
const rate = (learningRate) => new SGD({ learningRate });
await fit(modelA, batches(a.train), {
  ...{ ...manyClasses, optimizer: rate(1e-3), epochs: Number(values.epochs) },
});
await report('A', modelA, a.test, manyClasses);

// Task B, from scratch.
const twoClasses = { loss: 'binaryCrossentropy', metrics: ['accuracy'] };
const modelB = network(shirt());
await fit(modelB, batches(b.train), { ...twoClasses, optimizer: rate(1e-3), epochs: 20 });
await report('B from scratch', modelB, b.test, twoClasses);

// Task B on A: a copy without its output layer, and a new one, which trains alone at first.
const modelBOnA = graftHead(cutAt(cloneModel(modelA), -2), [shirt()]);
const phases = [
  { trainFrom: 'head', epochs: 4, optimizer: rate(1e-2) },
  { trainFrom: 0, epochs: 16, optimizer: rate(1e-3) },
];
await fitPhases(modelBOnA, batches(b.train), phases, twoClasses);
await report('B on A', modelBOnA, b.test, twoClasses);

async function report(name, model, { xs, ys }, measures) {
  const { accuracy } = await evaluate(model, arrayDataset({ xs, ys, batchSize: 500 }), measures);
  console.log(`${name}: ${(100 * accuracy).toFixed(2)} % of the test pictures right`);
}
