// For tests of commands that train: photos of two colours, and a small network to learn them on.

import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import * as layers from '@tensorflow/tfjs-layers';
import sharp from 'sharp';
import { saveModel } from '@graftjs/keras-format/node';

/** Red squares and blue ones, of several shades: `folder/빨강 red/0.jpg` and so on. */
export async function writeColourPhotos(folder: string, each = 5): Promise<void> {
  for (const [name, r, b] of [
    ['빨강 red', 220, 20],
    ['blue', 20, 220],
  ] as const) {
    await mkdir(join(folder, name), { recursive: true });
    for (let i = 0; i < each; i++) {
      const background = { r: r - 4 * i, g: 8 * i, b: b - 4 * i };
      const create = { width: 40 + i, height: 50, channels: 3 as const, background };
      await sharp({ create })
        .jpeg()
        .toFile(join(folder, name, `${i}.jpg`));
    }
  }
}

/** A classifier of ten classes that takes 8 × 8 pixels, from 0 to 255: a convolution, pooling, a Dense layer. */
export async function writeSmallModel(file: string): Promise<void> {
  const l = layers.layers;
  const model = layers.sequential({
    layers: [
      l.conv2d({
        ...{ filters: 6, kernelSize: 3, inputShape: [8, 8, 3], activation: 'relu', name: 'conv' },
        kernelInitializer: layers.initializers.randomNormal({ stddev: 0.01, seed: 3 }),
      }),
      l.globalAveragePooling2d({ name: 'pool' }),
      l.dense({ units: 10, activation: 'softmax', name: 'digits' }),
    ],
  });
  await saveModel(model, file);
  model.dispose();
}
