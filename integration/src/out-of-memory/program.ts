// Trains within a limit for the memory of the process, then with as much as there is, and prints both as JSON.

import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { SGD } from '@graftjs/optimizers';
import { importTensorFlow, tensorDataset } from '@graftjs/test-utils';
import { fit } from '@graftjs/training';

/** Each of the activations of such a batch takes 200 MB. */
const BATCH = 64;

async function train(examples: number): Promise<{ sizes: number[]; losses: number[] | undefined }> {
  const l = tfl.layers;
  const model = tfl.sequential({
    layers: [
      l.upSampling2d({ size: [16, 16], inputShape: [32, 32, 3] }),
      l.activation({ activation: 'relu' }),
      l.globalAveragePooling2d({}),
      l.dense({ units: 1, kernelInitializer: 'ones' }),
    ],
  });
  const xs = tf.randomUniform([examples, 32, 32, 3], 0, 1, 'float32', 3);
  const sizes: number[] = [];
  const { logs } = await fit(model, tensorDataset(xs, tf.zeros([examples, 1]), examples), {
    ...{ optimizer: new SGD({ learningRate: 0.1 }), loss: 'meanSquaredError', epochs: 3 },
    onOutOfMemory: ({ batchSize }) => void sizes.push(batchSize),
  });
  return { sizes, losses: logs['loss'] };
}

/** Bytes of data of this process. */
function dataSize(): number {
  const [, kilobytes] = /VmData:\s+(\d+) kB/.exec(readFileSync('/proc/self/status', 'utf8')) ?? [];
  return Number(kilobytes) * 1024;
}

function limitData(bytes: number | 'unlimited'): void {
  execFileSync('prlimit', [`--pid=${process.pid}`, `--data=${bytes}:`]);
}

async function main(): Promise<void> {
  await importTensorFlow();
  await tf.setBackend('tensorflow');
  // What TensorFlow takes for itself is there before the limit, which has room for one activation, and not for two.
  await train(1);
  limitData(dataSize() + 300 * 2 ** 20);
  const limited = await train(BATCH);
  limitData('unlimited');
  console.log(JSON.stringify({ limited, free: await train(BATCH) }));
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
