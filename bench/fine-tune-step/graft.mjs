// Graft's side: seconds of each step, by the clock and of the processor.

import '@tensorflow/tfjs-node-gpu';
import { createRequire } from 'node:module';
import * as tf from '@tensorflow/tfjs-core';
import * as layers from '@tensorflow/tfjs-layers';
import { registerNodeBackend } from '@graftjs/backend-node';
import { zooModel } from '@graftjs/model-zoo';
import { Adam } from '@graftjs/optimizers';
import { fit } from '@graftjs/training';
import { BATCH_SIZE, CLASSES, SIZE, STEPS, WARM } from './task.mjs';

registerNodeBackend();
const base = await zooModel('mobileNetV2', {
  ...{ weights: null, includeTop: false, pooling: 'avg', inputShape: [SIZE, SIZE, 3] },
});
const head = layers.layers.dense({ units: CLASSES, activation: 'softmax' });
const model = layers.model({ inputs: base.inputs, outputs: head.apply(base.outputs[0]) });
const xs = tf.randomUniform([BATCH_SIZE, SIZE, SIZE, 3], -1, 1, 'float32', 1);
const ys = tf.tensor1d(
  Array.from({ length: BATCH_SIZE }, (_, i) => i % CLASSES),
  'int32',
);
const batches = WARM + STEPS;
const data = {
  ...{ batches, examples: batches * BATCH_SIZE },
  async *[Symbol.asyncIterator]() {
    for (let i = 0; i < batches; i++) yield { xs: tf.clone(xs), ys: tf.clone(ys) };
  },
};
const times = { seconds: [], processorSeconds: [] };
let [clock, processor] = [0, process.cpuUsage()];
const { engine, logs } = await fit(model, data, {
  ...{ optimizer: new Adam(), loss: 'sparseCategoricalCrossentropy', epochs: 1 },
  callbacks: [
    {
      onBatchEnd({ batch }) {
        const now = performance.now();
        const { user, system } = process.cpuUsage(processor);
        if (batch >= WARM) {
          times.seconds.push((now - clock) / 1000);
          times.processorSeconds.push((user + system) / 1e6);
        }
        [clock, processor] = [performance.now(), process.cpuUsage()];
      },
    },
  ],
});
if (engine?.name !== 'graph') throw new Error(`the step was not compiled: ${engine?.reason}`);
if (!Number.isFinite(logs.loss[0])) throw new Error(`the loss is ${logs.loss[0]}`);
const { version } = createRequire(import.meta.url)('@tensorflow/tfjs-core/package.json');
const peakMegabytes = process.resourceUsage().maxRSS / 1024;
console.log(JSON.stringify({ ...times, peakMegabytes, versions: { tfjs: version } }));
