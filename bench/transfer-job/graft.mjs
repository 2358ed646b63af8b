// Graft's side: graft.mjs MODEL FOLDER EPOCHS RECIPE VARIANTS, the same head on the same base. With VARIANTS above 0 the
// features of so many variants are computed once; with 0 the base works in every epoch, as in Keras.

import { readFileSync } from 'node:fs';
import '@tensorflow/tfjs-node-gpu';
import * as tf from '@tensorflow/tfjs-core';
import * as layers from '@tensorflow/tfjs-layers';
import { registerNodeBackend } from '@graftjs/backend-node';
import { augment, augmentImages } from '@graftjs/image-data';
import { imageDataset, readImageFolder } from '@graftjs/image-data/node';
import { loadModel } from '@graftjs/keras-format/node';
import { preprocessLayer } from '@graftjs/model-zoo';
import { Adam } from '@graftjs/optimizers';
import { evaluate, fit } from '@graftjs/training';
import { cacheFeatures, freezeTo, graftHead, splitHead, streamFeatures } from '@graftjs/transfer';

registerNodeBackend();
const [file, folder, epochs, recipe, variants] = process.argv.slice(2);
const batchSize = 64;

const network = await loadModel(file);
const input = layers.input({ shape: [224, 224, 3] });
const base = layers.model({
  inputs: input,
  outputs: network.apply(preprocessLayer('tf').apply(input)),
});
const model = graftHead(base, { classes: 2, hidden: 64, dropout: 0.5, seed: 1 });
freezeTo(model, 'head');

const { base: below, head } = splitHead(model);

const photosIn = async (name, shuffle) => {
  const { classNames, images } = await readImageFolder(`${folder}/${name}`);
  const options = { classes: classNames.length, size: [224, 224], batchSize, shuffle, seed: 1 };
  return imageDataset({ images, ...options });
};
const isCached = Number(variants) > 0;
const augmentation = recipe === 'plain' ? undefined : JSON.parse(recipe);
const photos = await photosIn('train', !isCached);
const validation = await photosIn('val', false);

/** What the head sees of both sets, computed before the first epoch. */
async function cached() {
  const options = { batchSize, seed: 1 };
  const train = await cacheFeatures(below, photos, {
    ...{ ...options, variants: Number(variants) },
    ...(augmentation && {
      augment: (images, { variant, index }) =>
        augmentImages(images, augmentation, { seed: 1, epoch: variant, index }),
    }),
  });
  return { train, seen: await cacheFeatures(below, validation, { ...options, shuffle: false }) };
}

/** The same, computed in each epoch. */
function streamed() {
  const changed = augmentation ? augment(photos, { ...augmentation, seed: 1 }) : photos;
  return { train: streamFeatures(below, changed), seen: streamFeatures(below, validation) };
}

const { train, seen } = isCached ? await cached() : streamed();
const measures = { loss: 'sparseCategoricalCrossentropy', metrics: ['accuracy'] };
const { logs } = await fit(head, train, {
  ...{ ...measures, optimizer: new Adam(), epochs: Number(epochs), validation: seen },
});
const finished = Date.now() / 1000;
const [, peak] = /VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'));
// The whole model knows what the head has learned. It is not part of the job, as Keras is not asked to show it.
const whole = await evaluate(model, validation, measures);
const accuracy = logs.val_accuracy.at(-1);
if (Math.abs(accuracy - whole.accuracy) > 0.005)
  throw new Error(`the head is right in ${accuracy} of the photos, the model in ${whole.accuracy}`);
console.log(
  JSON.stringify({
    ...{ finished, accuracy, peakMegabytes: peak / 1024 },
    versions: { tfjs: tf.version_core },
  }),
);
