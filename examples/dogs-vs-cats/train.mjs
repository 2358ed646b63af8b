// A classifier of photos by transfer learning, as the lesson builds it: train.mjs PHOTOS, a folder with train and val.

import { parseArgs } from 'node:util';
import '@tensorflow/tfjs-node-gpu';
import * as tf from '@tensorflow/tfjs-core';
import * as layers from '@tensorflow/tfjs-layers';
import { registerNodeBackend } from '@graftjs/backend-node';
import { augmentImages } from '@graftjs/image-data';
import { imageDataset, loadImage, readImageFolder } from '@graftjs/image-data/node';
import { loadModel, saveModel } from '@graftjs/keras-format/node';
import { efficientNetLite0, preprocessLayer } from '@graftjs/model-zoo';
import { Adam } from '@graftjs/optimizers';
import { evaluate, fit } from '@graftjs/training';
import { cacheFeatures, freezeTo, graftHead, splitHead } from '@graftjs/transfer';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    epochs: { type: 'string', default: '10' },
    variants: { type: 'string', default: '4' },
    size: { type: 'string', default: '224' },
    out: { type: 'string', default: 'model.h5' },
    random: { type: 'boolean', default: false },
  },
});
const [folder = 'photos'] = positionals;
const [epochs, variants, side] = [values.epochs, values.variants, values.size].map(Number);
registerNodeBackend();

// The photos, and a number for each class.
const { classNames, images } = await readImageFolder(`${folder}/train`);
const held = await readImageFolder(`${folder}/val`, { classNames });
const size = [side, side];
const common = { classes: classNames.length, size, batchSize: 64 };
const train = imageDataset({ ...common, images });
const validation = imageDataset({ ...common, images: held.images });
console.log('class indices:', Object.fromEntries(classNames.map((name, i) => [name, i])));

// A network that has seen a million photos, below a head that has seen none.
const network = await efficientNetLite0({
  ...{ includeTop: false, inputShape: [side, side, 3] },
  ...(values.random && { weights: null }),
});
const input = layers.input({ shape: [side, side, 3] });
const pixels = preprocessLayer('lite').apply(input);
const body = layers.model({ inputs: input, outputs: network.apply(pixels) });
const model = graftHead(body, { classes: classNames.length, hidden: 64, dropout: 0.5, seed: 1 });
freezeTo(model, 'head');

// While the base is frozen it sees each photo once in each variant, and the head trains on what it makes of them.
const { base, head } = splitHead(model);
const lesson = { rotationRange: 20, widthShiftRange: 0.2, heightShiftRange: 0.2, zoomRange: 0.2 };
const features = await cacheFeatures(base, train, {
  ...{ variants, batchSize: 64, seed: 1 },
  augment: (xs, { variant, index }) =>
    augmentImages(xs, lesson, { seed: 1, epoch: variant, index }),
});
const measures = { loss: 'sparseCategoricalCrossentropy', metrics: ['accuracy'] };
await fit(head, features, { ...measures, optimizer: new Adam(), epochs });
await features.dispose();
const { accuracy } = await evaluate(model, validation, measures);
console.log(`right: ${(100 * accuracy).toFixed(1)} % of ${held.images.length} photos`);

// The model is a file that Keras opens, too.
await saveModel(model, values.out);
const loaded = await loadModel(values.out);
const [photo] = held.images;
const { data, shape } = await loadImage(photo.path, { size, interpolation: 'bilinear' });
const probabilities = loaded.predict(tf.tensor(data, [1, ...shape], 'float32'));
const likeliest = tf.argMax(probabilities, 1).dataSync()[0];
console.log(`${photo.path}: ${classNames[likeliest]}`);
