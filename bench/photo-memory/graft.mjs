// One epoch of a folder: graft.mjs FOLDER; the peak memory of this process, and its seconds.

import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { augment } from '@graftjs/image-data';
import { flowFromDirectory } from '@graftjs/image-data/node';

const photos = await flowFromDirectory(process.argv[2], {
  ...{ size: [224, 224], batchSize: 32, shuffle: true, seed: 1 },
});
const train = augment(photos, {
  ...{ rotationRange: 20, widthShiftRange: 0.2, heightShiftRange: 0.2, zoomRange: 0.2, seed: 1 },
});
const started = performance.now();
let seen = 0;
for await (const { xs, ys } of train) {
  seen += xs.shape[0];
  tf.dispose([xs, ys]);
}
if (seen !== photos.examples) throw new Error(`${seen} photos instead of ${photos.examples}`);
const seconds = (performance.now() - started) / 1000;
const peakMegabytes = process.resourceUsage().maxRSS / 1024;
console.log(JSON.stringify({ peakMegabytes, seconds, versions: { tfjs: tf.version_core } }));
