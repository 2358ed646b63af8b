// Graft from strict TypeScript: the types say what the values do.

import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { isGraftError, type Batch, type Callback, type Dataset } from '@graftjs/core';
import { Adam } from '@graftjs/optimizers';
import { cosine, warmUp } from '@graftjs/schedules';
import { evaluate, fit } from '@graftjs/training';

class Ramp implements Dataset {
  readonly batches = 2;
  readonly examples = 8;

  async *[Symbol.asyncIterator](): AsyncGenerator<Batch> {
    for (let batch = 0; batch < this.batches; batch++) {
      const xs = tf.reshape(tf.linspace(batch, batch + 1, 4), [4, 1]);
      yield { xs, ys: tf.mul(xs, 3) };
    }
  }
}

await tf.setBackend('cpu');
const model = tfl.sequential({ layers: [tfl.layers.dense({ units: 1, inputShape: [1] })] });
const losses: number[] = [];
const remember: Callback = {
  onEpochEnd: (_epoch, logs) => void losses.push(logs['loss'] ?? Number.NaN),
};
const decay = cosine({ initialRate: 0.2, decaySteps: 40 });
const optimizer: tf.Optimizer = new Adam({ learningRate: warmUp(decay, 2) });
await fit(model, new Ramp(), {
  optimizer,
  loss: 'meanSquaredError',
  epochs: 20,
  callbacks: [remember],
});
const { loss } = await evaluate(model, new Ramp(), { loss: 'meanSquaredError' });
if (!(loss !== undefined && loss < (losses[0] ?? 0))) {
  throw new Error(`the loss did not fall: ${losses.join(', ')}; ${loss}`);
}

try {
  // @ts-expect-error A rate is a number or a schedule.
  new Adam({ learningRate: '0.1' });
  throw new Error('a rate in words was taken');
} catch (error) {
  if (!isGraftError(error)) throw error;
}
