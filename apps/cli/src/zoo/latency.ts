// How long a model takes here.

import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { predict } from '@graftjs/training';

export interface Latency {
  /** Of one batch, in milliseconds: half of the runs took longer. */
  readonly median: number;
  readonly fastest: number;
}

/**
 * Runs a model on random images, once to warm up, and then so often.
 *
 * @throws the reason of `signal`
 */
export async function measureLatency(
  model: LayersModel,
  runs: number,
  signal: AbortSignal,
): Promise<Latency> {
  const [, ...shape] = model.inputs[0]?.shape as number[];
  const images = tf.randomUniform([1, ...shape], -1, 1);
  const times: number[] = [];
  try {
    for (let run = 0; run <= runs; run++) {
      signal.throwIfAborted();
      const started = performance.now();
      const output = await predict(model, images);
      await output.data();
      if (run > 0) times.push(performance.now() - started);
      output.dispose();
    }
  } finally {
    images.dispose();
  }
  times.sort((a, b) => a - b);
  return { median: medianOf(times), fastest: times[0] as number };
}

/** Of sorted numbers. */
function medianOf(sorted: readonly number[]): number {
  const middle = sorted.length / 2;
  return ((sorted[Math.floor(middle)] as number) + (sorted[Math.ceil(middle) - 1] as number)) / 2;
}
