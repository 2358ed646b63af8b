import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { layers, sequential } from '@tensorflow/tfjs-layers';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { tensorDataset } from '@graftjs/test-utils';
import { fit } from './fit.js';
import { pauseController } from './pause-controller.js';

function start(pause: ReturnType<typeof pauseController>, signal?: AbortSignal) {
  const batches: number[] = [];
  const model = sequential({ layers: [layers.dense({ units: 1, inputShape: [1] })] });
  const run = fit(model, tensorDataset(tf.ones([4, 1]), tf.ones([4, 1]), 1), {
    ...{ optimizer: tf.train.sgd(0.1), loss: 'meanSquaredError', epochs: 1, pause },
    ...(signal && { signal }),
    callbacks: [
      {
        onBatchEnd({ batch }) {
          batches.push(batch);
          if (batch === 1) pause.pause();
        },
      },
    ],
  });
  return { run, batches };
}

describe('pauseController', () => {
  it('lets fit wait after a batch, and go on', async () => {
    const pause = pauseController();
    const { run, batches } = start(pause);
    await sleep(100);
    expect(pause.paused).toBe(true);
    expect(batches).toEqual([0, 1]);
    pause.resume();
    await run;
    expect(batches).toEqual([0, 1, 2, 3]);
  });

  it('lets an abort through', async () => {
    const [pause, abort] = [pauseController(), new AbortController()];
    const { run, batches } = start(pause, abort.signal);
    await sleep(100);
    abort.abort(new Error('enough'));
    await expect(run).rejects.toThrow('enough');
    expect(batches).toEqual([0, 1]);
  });

  it('keeps nobody who asks while it runs', async () => {
    const pause = pauseController();
    await pause.untilResumed();
    pause.pause();
    pause.resume();
    await pause.untilResumed();
  });
});
