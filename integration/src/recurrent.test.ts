// A network of recurrent layers and wrappers, opened from Keras's file, trains as Keras trains it.

import { readFileSync } from 'node:fs';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { registerNodeBackend } from '@graftjs/backend-node';
import { modelFromKeras } from '@graftjs/keras-format';
import { Adam, SGD } from '@graftjs/optimizers';
import { importTensorFlow, tensorDataset } from '@graftjs/test-utils';
import { fit } from '@graftjs/training';

interface Cases {
  shape: [number, number, number];
  x: number[];
  y: number[];
  losses: Record<string, number[]>;
}

const folder = new URL('../../reference/fixtures/recurrent-training/', import.meta.url);
const { shape, x, y, losses } = JSON.parse(
  readFileSync(new URL('cases.json', folder), 'utf8'),
) as Cases;
const optimizers: Record<string, () => tf.Optimizer> = {
  momentum: () => new SGD({ learningRate: 0.1, momentum: 0.9 }),
  adam: () => new Adam({ learningRate: 0.02 }),
};

describe.runIf(await importTensorFlow())('recurrent layers on TensorFlow', () => {
  it.each(
    Object.keys(losses).flatMap((name) =>
      [false, true].map((runEagerly) => ({ name, runEagerly })),
    ),
  )('have the losses of Keras: $name, eagerly: $runEagerly', async ({ name, runEagerly }) => {
    registerNodeBackend();
    await tf.setBackend('tensorflow');
    const model = await modelFromKeras(readFileSync(new URL('initial.keras', folder)));
    const labels = tf.tensor1d(y, 'int32');
    // One batch, so that each epoch is a step.
    const history = await fit(model, tensorDataset(tf.tensor(x, shape), labels, shape[0]), {
      optimizer: (optimizers[name] as () => tf.Optimizer)(),
      ...{ loss: 'sparseCategoricalCrossentropy', epochs: 5, runEagerly },
    });
    const expected = losses[name] as number[];
    expect(history.engine?.name).toBe(runEagerly ? 'eager' : 'graph');
    expect(history.logs.loss).toHaveLength(expected.length);
    for (const [i, loss] of (history.logs.loss ?? []).entries()) {
      expect(Math.abs(loss - (expected[i] as number))).toBeLessThan(1e-5);
    }
    model.dispose();
  });
});
