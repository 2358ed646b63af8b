// What the sides that run in Node share: images, and the clock.

import * as tf from '@tensorflow/tfjs-core';

const WARM_UP = 1;
export const BATCHES = 64;

export function images(batchSize, batches) {
  return tf.randomUniform([batchSize * batches, 224, 224, 3]);
}

/** Prints the seconds a batch of a call that predicts all batches, and those of the processor. */
export async function measure(call, versions) {
  for (let i = 0; i < WARM_UP; i++) await call();
  const before = process.cpuUsage();
  const started = performance.now();
  await call();
  const seconds = (performance.now() - started) / 1000 / BATCHES;
  const { user, system } = process.cpuUsage(before);
  const cpuSeconds = (user + system) / 1e6 / BATCHES;
  console.log(JSON.stringify({ seconds, cpuSeconds, versions }));
}
