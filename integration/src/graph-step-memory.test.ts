// A compiled step holds what it needs, and no more as it runs; afterwards it holds nothing.

import { mkdtempSync, readdirSync, rmdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import * as layers from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { nodeBackend, registerNodeBackend } from '@graftjs/backend-node';
import { Adam } from '@graftjs/optimizers';
import { importTensorFlow, tensorDataset } from '@graftjs/test-utils';
import { fit } from '@graftjs/training';

describe.runIf(await importTensorFlow())('a compiled step', () => {
  let xs: tf.Tensor2D;
  let ys: tf.Tensor2D;
  beforeAll(async () => {
    registerNodeBackend();
    await tf.setBackend('tensorflow');
    xs = tf.randomNormal([4 * 60, 256]);
    ys = tf.ones([4 * 60, 1]);
  });

  /** 2 MB of weights and slots. */
  const network = () =>
    layers.sequential({
      layers: [
        layers.layers.dense({ units: 640, inputShape: [256] }),
        layers.layers.dense({ units: 1 }),
      ],
    });
  const loss = 'meanSquaredError';

  it('runs 50 steps on the same memory', async () => {
    const seen: string[] = [];
    const onBatchEnd = ({ batch }: { batch: number }) => {
      const { numTensors, numBytes } = tf.memory();
      // After the two recorded steps and the first of the graph.
      if (batch >= 3) seen.push(`${numTensors} tensors, ${numBytes} bytes`);
    };
    const options = {
      optimizer: new Adam(),
      loss,
      epochs: 1,
      callbacks: [{ onBatchEnd }],
    } as const;
    const { engine } = await fit(network(), tensorDataset(xs, ys, 4), options);
    expect(engine).toEqual({ name: 'graph' });
    expect(seen).toHaveLength(57);
    expect(new Set(seen).size).toBe(1);
  });

  it('leaves nothing after a run: no tensor, no session, no file, no memory', async () => {
    const backend = nodeBackend();
    const { binding } = backend;
    const opened: number[] = [];
    const closed: number[] = [];
    backend.binding = Object.create(binding, {
      loadSavedModel: {
        value: (...args: [string, string]) => {
          const id = binding.loadSavedModel(...args);
          opened.push(id);
          return id;
        },
      },
      deleteSavedModel: {
        value: (id: number) => {
          binding.deleteSavedModel(id);
          closed.push(id);
        },
      },
    }) as typeof binding;
    vi.stubEnv('TMPDIR', mkdtempSync(join(tmpdir(), 'graft-test-')));
    const [model, optimizer] = [network(), new Adam()];
    const data = tensorDataset(tf.slice(xs, [0], [20]), tf.slice(ys, [0], [20]), 4);
    try {
      const held: number[] = [];
      let tensors: number | undefined;
      for (let i = 0; i < 60; i++) {
        await fit(model, data, { optimizer, loss, epochs: 1 });
        tensors ??= tf.memory().numTensors;
        expect(tf.memory().numTensors).toBe(tensors);
        if (i >= 20) held.push(process.memoryUsage().rss / 2 ** 20);
      }
      expect(opened).toHaveLength(60);
      expect(closed).toEqual(opened);
      expect(readdirSync(tmpdir())).toEqual([]);
      // Had each run kept its session, 40 runs would hold 80 MB more.
      expect(Math.min(...held.slice(-10)) - Math.min(...held.slice(0, 10))).toBeLessThan(40);
    } finally {
      backend.binding = binding;
      rmdirSync(tmpdir());
      vi.unstubAllEnvs();
    }
  });
});
