// What the sides that run in Node share: images, and the clock.

import * as tf from '@tensorflow/tfjs-core';

const WARM_UP = 1;
const CALLS = 1;
const BATCHES = 128;

export function images(batchSize, batches) {
  return tf.randomUniform([batchSize * batches, 224, 224, 3]);
}

/** Prints the seconds a batch of calls that each predict all batches. */
export async function measure(call, versions) {
  const seconds = [];
  for (let i = 0; i < WARM_UP + CALLS; i++) {
    const started = performance.now();
    await call();
    seconds.push((performance.now() - started) / 1000 / BATCHES);
  }
  console.log(JSON.stringify({ seconds: seconds.slice(WARM_UP), versions }));
}
