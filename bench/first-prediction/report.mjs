// What the sides that run in Node share: the image, and what bench.mjs reads of them.

import { readFileSync } from 'node:fs';
import * as tf from '@tensorflow/tfjs-core';

export const image = tf.fill([1, 224, 224, 3], 0.5);

/** @param started what Date.now() gave before the model was loaded */
export function report(started, prediction, versions) {
  const largest = Math.max(...prediction.dataSync());
  const finished = Date.now();
  const [, peak] = /VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'));
  console.log(
    JSON.stringify({
      finished: finished / 1000,
      loadSeconds: (finished - started) / 1000,
      peakMegabytes: peak / 1024,
      largest,
      versions,
    }),
  );
}
