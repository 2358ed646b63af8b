// Model A and its data, for both sides that run in Node.

import '@tensorflow/tfjs-node-gpu';
import * as layers from '@tensorflow/tfjs-layers';
import { splitLesson } from '@graftjs/image-data';
import { loadFashionMnist } from '@graftjs/image-data/node';

export const EPOCHS = 3;
export const BATCH_SIZE = 32;

/** @param dropout whether 20 % of what enters the last layer is dropped */
export function modelA(dropout) {
  const model = layers.sequential();
  const kernelInitializer = 'glorotUniform';
  for (const units of [300, 100, 50, 50, 50]) {
    const inputShape = model.layers.length === 0 ? { inputShape: [784] } : {};
    model.add(layers.layers.dense({ units, activation: 'selu', kernelInitializer, ...inputShape }));
  }
  if (dropout) model.add(layers.layers.dropout({ rate: 0.2 }));
  model.add(layers.layers.dense({ units: 8, activation: 'softmax', kernelInitializer }));
  return model;
}

export async function trainingSet() {
  return splitLesson(await loadFashionMnist()).a.train;
}

/** Prints what bench.mjs reads. */
export function report(seconds) {
  const peakMegabytes = process.resourceUsage().maxRSS / 1024;
  console.log(
    JSON.stringify({ seconds, peakMegabytes, versions: { tfjs: layers.version_layers } }),
  );
}
