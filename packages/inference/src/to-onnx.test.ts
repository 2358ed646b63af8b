// ONNX files with kernels in fewer bits compute what the model computes with its kernels rounded so.

import '@tensorflow/tfjs-backend-cpu';
import * as ort from 'onnxruntime-node';
import * as tf from '@tensorflow/tfjs-core';
import { layers, sequential, type LayersModel } from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import { fillByFormula } from '@graftjs/test-utils/formula-weights';
import { toOnnx } from './to-onnx.js';

beforeAll(() => tf.setBackend('cpu'));

/** The last axis of every kernel but the depthwise one's has the outputs. */
function network(): LayersModel {
  return sequential({
    layers: [
      layers.conv2d({ filters: 6, kernelSize: 3, inputShape: [8, 8, 3], activation: 'relu' }),
      layers.depthwiseConv2d({ kernelSize: 3 }),
      layers.conv2dTranspose({ filters: 4, kernelSize: 2, strides: 2 }),
      layers.flatten(),
      layers.dense({ units: 5 }),
    ],
  });
}

/** By an operator of ONNX, and step by step. */
function reader(): LayersModel {
  const recurrentInitializer = 'glorotNormal';
  return sequential({
    layers: [
      layers.lstm({ units: 5, returnSequences: true, recurrentInitializer, inputShape: [4, 3] }),
      layers.gru({ units: 6, activation: 'selu', recurrentInitializer }),
    ],
  });
}

const networks = [
  ['of images', network, [2, 8, 8, 3]],
  ['of sequences', reader, [2, 4, 3]],
] as const;

/** Rounded to a 127th of the largest of its output channel. */
function inSteps(kernel: tf.Tensor, axis: number): tf.Tensor {
  const others = kernel.shape.map((_, i) => i).filter((i) => i !== axis);
  const step = tf.div(tf.max(tf.abs(kernel), others, true), 127);
  return tf.mul(tf.round(tf.div(kernel, step)), step);
}

/** Rounded to 11 significant bits, by adding and taking away what leaves no more; none of the test's is so small as to have fewer. */
function inHalves(kernel: tf.Tensor): tf.Tensor {
  const values = Float32Array.from(kernel.dataSync(), (value) => {
    const unit = 2 ** (Math.floor(Math.log2(Math.abs(value))) - 10);
    return Math.round(value / unit) * unit;
  });
  return tf.tensor(values, kernel.shape);
}

async function run(bytes: Uint8Array, x: tf.Tensor): Promise<Float32Array> {
  const session = await ort.InferenceSession.create(bytes, { logSeverityLevel: 3 });
  const [name] = session.inputNames;
  const input = new ort.Tensor('float32', x.dataSync() as Float32Array, x.shape);
  const results = await session.run({ [name as string]: input });
  const { data } = results[session.outputNames[0] as string] as ort.Tensor;
  await session.release();
  return data as Float32Array;
}

describe.each(['float16', 'int8'] as const)('%s', (weights) => {
  it.each(networks)(
    'computes with rounded kernels, and nothing else is rounded, %s',
    async (_, make, shape) => {
      const model = make();
      fillByFormula(model.layers);
      const file = await toOnnx(model, { weights });
      const whole = await toOnnx(model);
      for (const layer of model.layers) {
        const axis = { DepthwiseConv2D: 2, Conv2DTranspose: 2 }[layer.getClassName()];
        const rounded = (weight: tf.Tensor) =>
          weights === 'int8' ? inSteps(weight, axis ?? weight.rank - 1) : inHalves(weight);
        layer.setWeights(layer.getWeights().map((each) => (each.rank > 1 ? rounded(each) : each)));
      }
      const x = tf.randomNormal([...shape], 0, 1, 'float32', 5);
      const expected = (model.predict(x) as tf.Tensor).dataSync();
      const received = await run(file, x);
      received.forEach((value, i) => expect(value).toBeCloseTo(expected[i] as number, 5));
      // Rounding is not nothing.
      const exact = await run(whole, x);
      expect(Math.max(...exact.map((value, i) => Math.abs(value - (expected[i] as number))))).toBeGreaterThan(2e-5); // prettier-ignore
    },
  );

  it('is a file of so many bytes less', async () => {
    const model = sequential({ layers: [layers.dense({ units: 300, inputShape: [300] })] });
    const saved = (await toOnnx(model)).length - (await toOnnx(model, { weights })).length;
    const each = weights === 'int8' ? 3 : 2;
    expect(saved / (each * 300 * 300)).toBeGreaterThan(0.99);
    expect(saved / (each * 300 * 300)).toBeLessThanOrEqual(1);
  });

  it('refuses a weight that it has no number for', async () => {
    const model = sequential({
      layers: [layers.dense({ units: 1, inputShape: [2], name: 'top' })],
    });
    model.setWeights([tf.tensor2d([NaN, 1], [2, 1]), tf.tensor1d([0])]);
    await expect(toOnnx(model, { weights })).rejects.toThrow(
      /weights must be "float32": .*top.* has the value NaN/,
    );
  });
});

it('refuses another format', async () => {
  const weights = 'int4' as 'int8';
  await expect(toOnnx(network(), { weights })).rejects.toThrow(
    'weights must be one of float32, float16, int8. Received: "int4"',
  );
});
