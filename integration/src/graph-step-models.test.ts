// Which networks become a graph, and what those that do not are told.

import * as tf from '@tensorflow/tfjs-core';
import * as layers from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import { registerNodeBackend } from '@graftjs/backend-node';
import { Adam, SGD } from '@graftjs/optimizers';
import { spatialDropout2d } from '@graftjs/layers';
import { importTensorFlow, tensorDataset } from '@graftjs/test-utils';
import { fit, type Loss } from '@graftjs/training';
import { freeze } from '@graftjs/transfer';
import { expectEnginesAgree } from './engines.js';

const { layers: l, initializers } = layers;
const init = (seed: number) => initializers.glorotUniform({ seed });
const stack = (...list: layers.layers.Layer[]) => layers.sequential({ layers: list });

const networks: Record<string, () => layers.LayersModel> = {
  'convolution, pooling, norm': () =>
    stack(
      l.conv2d({
        filters: 4,
        kernelSize: 3,
        inputShape: [8, 8, 1],
        padding: 'same',
        activation: 'relu',
        kernelInitializer: init(1),
      }),
      l.maxPooling2d({ poolSize: 2 }),
      l.batchNormalization(),
      l.conv2d({
        filters: 3,
        kernelSize: 3,
        strides: 2,
        useBias: false,
        kernelInitializer: init(2),
      }),
      l.activation({ activation: 'elu' }),
      l.globalAveragePooling2d({}),
      l.dense({ units: 3, activation: 'softmax', kernelInitializer: init(3) }),
    ),
  'depthwise and separable convolution': () =>
    stack(
      l.depthwiseConv2d({
        kernelSize: 3,
        depthMultiplier: 2,
        inputShape: [8, 8, 1],
        depthwiseInitializer: init(1),
      }),
      l.averagePooling2d({ poolSize: 2 }),
      l.separableConv2d({
        filters: 3,
        kernelSize: 2,
        depthwiseInitializer: init(2),
        pointwiseInitializer: init(3),
      }),
      l.flatten(),
      l.dense({ units: 3, activation: 'softmax', kernelInitializer: init(4) }),
    ),
  'more variables than one call fetches': () =>
    stack(
      l.flatten({ inputShape: [8, 8, 1] }),
      ...Array.from({ length: 12 }, (_, i) =>
        l.dense({ units: 5, activation: 'selu', kernelInitializer: init(i) }),
      ),
      l.dense({ units: 3, activation: 'softmax', kernelInitializer: init(20) }),
    ),
  'an embedding': () =>
    stack(
      // Indices from 0 on, cut off from what is positive.
      l.activation({ activation: 'relu', inputShape: [8, 8, 1] }),
      l.flatten(),
      l.embedding({ inputDim: 8, outputDim: 3, embeddingsInitializer: init(1) }),
      l.flatten(),
      l.dense({ units: 3, activation: 'softmax', kernelInitializer: init(2) }),
    ),
  'dropout of values, and of maps': () =>
    stack(
      l.conv2d({ filters: 4, kernelSize: 3, inputShape: [8, 8, 1], kernelInitializer: init(1) }),
      spatialDropout2d({ rate: 0.4, seed: 3 }),
      l.flatten(),
      l.dropout({ rate: 0.5, seed: 7 }),
      l.dense({ units: 6, activation: 'relu', kernelInitializer: init(2) }),
      l.dropout({ rate: 0.5, seed: 7, noiseShape: [null as unknown as number, 1] }),
      l.dense({ units: 3, activation: 'softmax', kernelInitializer: init(3) }),
    ),
  'a frozen body below a head': () => {
    const model = networks['convolution, pooling, norm']?.() as layers.LayersModel;
    freeze(model.layers.slice(0, -1));
    return model;
  },
};

describe.runIf(await importTensorFlow())('a compiled step', () => {
  const labels = Array.from({ length: 28 }, (_, i) => i % 3);
  let images: tf.Tensor4D;
  beforeAll(async () => {
    registerNodeBackend();
    await tf.setBackend('tensorflow');
    images = tf.randomNormal([28, 8, 8, 1], 0, 1, 'float32', 9);
  });

  it.each(Object.keys(networks))('trains %s as the eager step does', async (name) => {
    const make = networks[name] as () => layers.LayersModel;
    await expectEnginesAgree(
      () => ({
        model: make(),
        data: tensorDataset(images, tf.tensor1d(labels, 'int32'), 8),
        options: {
          ...{ optimizer: new SGD({ learningRate: 0.05, momentum: 0.9 }), epochs: 2 },
          ...{ loss: 'sparseCategoricalCrossentropy', metrics: ['accuracy'] },
        },
      }),
      // Sums in another order: float32 differs in the last digits.
      1e-4,
    );
  });

  it('takes integers as input', async () => {
    const pixels = tf.randomUniform([28, 6], 0, 255, 'int32', 3);
    await expectEnginesAgree(() => ({
      model: stack(
        l.rescaling({ scale: 1 / 255, inputShape: [6] }),
        l.dense({ units: 1, activation: 'sigmoid', kernelInitializer: init(2) }),
      ),
      data: tensorDataset(
        pixels,
        tf.tensor1d(
          labels.map((v) => Number(v > 0)),
          'int32',
        ),
        8,
      ),
      options: { optimizer: new Adam(), loss: 'binaryCrossentropy', epochs: 2 },
    }));
  });

  const outside = 'it reads the variable outside, which the model does not list';
  const readBack: Loss = (_, { predictions }) =>
    tf.mul(predictions, predictions.dataSync()[0] as number);
  it.each<[string, layers.layers.Layer[], Loss | undefined, RegExp]>([
    [
      'the AlphaDropout of tfjs-layers',
      [l.alphaDropout({ rate: 0.5 })],
      undefined,
      /^the step is not the same each time: .* is made anew on the host each time$/,
    ],
    ['a loss that reads a value', [], readBack, /^it reads a computed value back to the host$/],
    [
      "a variable that is not the model's",
      [],
      (_, { predictions }) => tf.mul(predictions, variable()),
      new RegExp(`^${outside}$`),
    ],
  ])('stays eager, and says why: %s', async (_, extra, loss, reason) => {
    const model = stack(l.flatten({ inputShape: [8, 8, 1] }), ...extra, l.dense({ units: 1 }));
    const { engine } = await fit(model, tensorDataset(images, tf.tensor1d(labels), 4), {
      ...{
        optimizer: new SGD({ learningRate: 1e-4 }),
        epochs: 1,
        loss: loss ?? 'meanSquaredError',
      },
    });
    expect(engine).toMatchObject({ name: 'eager' });
    expect(engine?.name === 'eager' && engine.reason).toMatch(reason);
  });

  it('stays eager with an optimizer of tfjs', async () => {
    const model = stack(l.flatten({ inputShape: [8, 8, 1] }), l.dense({ units: 1 }));
    const data = tensorDataset(images, tf.tensor1d(labels), 4);
    const { engine } = await fit(model, data, {
      optimizer: tf.train.adam(),
      epochs: 1,
      loss: 'meanSquaredError',
    });
    expect(engine).toEqual({
      name: 'eager',
      reason: 'the optimizer is not one of @graftjs/optimizers',
    });
  });
});

let made: tf.Variable | undefined;
function variable(): tf.Variable {
  return (made ??= tf.tidy(() => tf.variable(tf.scalar(2), false, 'outside')));
}
