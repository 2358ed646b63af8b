// For tests: a small model, photos that it tells apart, and what Node says of them by the steps of `graft predict`.

import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { layers, sequential, type LayersModel } from '@tensorflow/tfjs-layers';
import sharp from 'sharp';
import { imgToArray } from '@graftjs/image-data';
import { loadImage } from '@graftjs/image-data/node';
import { compileForInference, mostLikely, type Guess } from '@graftjs/inference';
import { modelToH5, modelToKeras } from '@graftjs/keras-format';
import { fillByFormula } from '@graftjs/test-utils/formula-weights';

export interface Upload {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}

const side = 32;
const names = ['stripes', 'dots', 'neither of both'];

export const broken: Upload = {
  ...{ name: 'broken.jpg', mimeType: 'image/jpeg' },
  buffer: Buffer.from('no picture'),
};
export const labels: Upload = {
  ...{ name: 'tiny.labels.txt', mimeType: 'text/plain' },
  buffer: Buffer.from(`${names.join('\n')}\n`),
};

export const tinyH5 = async () => modelFile('tiny.h5', await modelToH5(tinyModel()));
export const tinyKeras = async () => modelFile('tiny.keras', await modelToKeras(tinyModel()));

/** PNGs, which every decoder reads alike; of other sizes than the model takes. */
export async function makePhotos(): Promise<[Upload, Upload]> {
  return [await stripes('small.png', 57, 40, 5), await stripes('large.png', 301, 200, 40)];
}

export async function askNode(photos: readonly Upload[]): Promise<Guess[][]> {
  const predictor = await compileForInference(tinyModel());
  const answers: Guess[][] = [];
  for (const { buffer } of photos) {
    const image = await loadImage(buffer, { size: [side, side], interpolation: 'bilinear' });
    const { data, shape } = imgToArray(image);
    const output = await predictor.predict(tf.tensor(data, [1, ...shape]));
    answers.push(mostLikely(await output.data(), names.length, names));
  }
  await predictor.dispose();
  return answers;
}

/** The same at each call. Its head is small, so that no class is certain. */
function tinyModel(): LayersModel {
  const model = sequential({
    layers: [
      layers.conv2d({
        ...{ name: 'conv', filters: 8, kernelSize: 3, strides: 2, inputShape: [side, side, 3] },
      }),
      layers.batchNormalization({ name: 'bn' }),
      layers.activation({ name: 'relu', activation: 'relu' }),
      layers.globalAveragePooling2d({ name: 'pool' }),
      layers.dense({ name: 'classes', units: names.length, activation: 'softmax' }),
    ],
  });
  fillByFormula(model.layers, 0.02);
  return model;
}

function modelFile(name: string, bytes: Uint8Array): Upload {
  return { name, mimeType: 'application/octet-stream', buffer: Buffer.from(bytes) };
}

async function stripes(
  name: string,
  width: number,
  height: number,
  period: number,
): Promise<Upload> {
  const pixels = new Uint8Array(width * height * 3);
  for (let i = 0; i < pixels.length; i++) {
    const [x, y] = [Math.floor(i / 3) % width, Math.floor(i / 3 / width)];
    pixels[i] = (Math.floor((x + (i % 3) * y) / period) % 2) * 200 + (y % 50);
  }
  const buffer = await sharp(pixels, { raw: { width, height, channels: 3 } })
    .png()
    .toBuffer();
  return { name, mimeType: 'image/png', buffer };
}
