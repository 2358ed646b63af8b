// The leak check: as many tensors after as before.

import * as tf from '@tensorflow/tfjs-core';
import { expect } from 'vitest';

/** Runs `work`, which may fail, and asserts that it left no tensor more and no tensor fewer. */
export async function expectNoLeak(work: () => unknown): Promise<void> {
  const before = tf.memory().numTensors;
  try {
    await work();
  } finally {
    expect(tf.memory().numTensors, 'number of tensors').toBe(before);
  }
}
