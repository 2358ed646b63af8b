// Models made here: they come back from a file exactly, and Keras, where there is one, predicts the same.

import '@tensorflow/tfjs-backend-cpu';
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { randomNormal, randomUniform, type Tensor, tidy, util } from '@tensorflow/tfjs-core';
import {
  constraints,
  initializers,
  input,
  layers,
  type LayersModel,
  model,
  regularizers,
  sequential,
  type SymbolicTensor,
} from '@tensorflow/tfjs-layers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findPython } from '../../../reference/find-python.mjs';
import { modelFromH5, modelToH5, modelToKeras, weightsToH5 } from './index.js';
import { readH5 } from './read-h5.js';

const make: Record<string, () => LayersModel> = {
  dense: () =>
    sequential({
      name: 'dense',
      layers: [
        layers.inputLayer({ inputShape: [4, 3], name: 'start' }),
        layers.flatten(),
        layers.dense({
          units: 6,
          activation: 'selu',
          kernelInitializer: 'leCunNormal',
          kernelRegularizer: regularizers.l1({ l1: 0.01 }),
          biasRegularizer: regularizers.l1l2({ l1: 0.01, l2: 0.02 }),
          kernelConstraint: constraints.maxNorm({ maxValue: 2, axis: 0 }),
          biasConstraint: constraints.nonNeg(),
        }),
        layers.dropout({ rate: 0.3, seed: 3 }),
        layers.batchNormalization({ center: false, gammaConstraint: 'unitNorm', momentum: 0.5 }),
        layers.dense({
          units: 4,
          useBias: false,
          trainable: false,
          kernelConstraint: constraints.minMaxNorm({ minValue: 0.5, maxValue: 1, rate: 0.5 }),
          kernelInitializer: initializers.truncatedNormal({ stddev: 2, seed: 1 }),
        }),
        layers.activation({ activation: 'tanh' }),
        layers.softmax(),
      ],
    }),

  convolutions: () => {
    const x = input({ shape: [9, 9, 2], name: 'image' });
    const stem = apply(layers.conv2d({ filters: 4, kernelSize: [3, 2], dilationRate: 2 }), x);
    const padded = apply(
      layers.zeroPadding2d({
        padding: [
          [1, 0],
          [0, 2],
        ],
      }),
      stem,
    );
    const wise = apply(
      layers.depthwiseConv2d({
        kernelSize: 2,
        strides: 2,
        padding: 'same',
        depthMultiplier: 2,
        activation: 'relu6',
        depthwiseRegularizer: regularizers.l2({ l2: 0.1 }),
        depthwiseConstraint: constraints.unitNorm({ axis: 1 }),
      }),
      padded,
    );
    const max = apply(layers.maxPooling2d({ poolSize: 2, strides: 1, padding: 'same' }), wise);
    const mean = apply(layers.averagePooling2d({ poolSize: 2, strides: 1, padding: 'same' }), wise);
    const clipped = apply(layers.reLU({ maxValue: 0.7 }), apply(layers.add(), [max, mean]));
    const both = apply(layers.concatenate(), [clipped, apply(layers.batchNormalization(), mean)]);
    const top = apply(layers.concatenate({ axis: 1 }), [
      apply(layers.globalMaxPooling2d({}), both),
      apply(layers.globalAveragePooling2d({}), both),
    ]);
    const folded = apply(layers.reshape({ targetShape: [4, -1] }), top);
    return model({ inputs: x, outputs: folded, name: 'convolutions' });
  },

  // Branches with weights of one shape at one depth: their order in the file is all that tells them apart.
  branches: () => {
    const [left, right] = [input({ shape: [5], name: 'l' }), input({ shape: [5], name: 'r' })];
    const dense = () => layers.dense({ units: 5, activation: 'tanh', biasInitializer: 'ones' });
    const [a, b] = [dense(), dense()];
    const crossed = apply(layers.add(), [apply(b, right), apply(a, left)]);
    const again = apply(layers.add(), [
      apply(dense(), crossed),
      apply(a, right),
      apply(b, crossed),
    ]);
    const last = apply(layers.concatenate(), [apply(dense(), again), apply(dense(), left), again]);
    return model({ inputs: [right, left], outputs: [last, again], name: 'branches' });
  },

  nested: () => {
    const block = (name: string) => {
      const x = input({ shape: [4], name: `${name}_in` });
      const hidden = apply(layers.dense({ units: 4, name: 'a', trainable: name !== 'half' }), x);
      const normal = apply(layers.batchNormalization({ name: 'bn' }), hidden);
      return model({
        inputs: x,
        outputs: apply(layers.dense({ units: 4, name: 'b' }), normal),
        name,
      });
    };
    const [half, frozen, deep] = [block('half'), block('frozen'), block('deep')];
    frozen.trainable = false;
    const outer = sequential({ name: 'outer', layers: [deep, layers.dense({ units: 4 })] });
    const x = input({ shape: [4], name: 'x' });
    const y = apply(frozen, apply(half, apply(outer, apply(half, x))));
    return model({ inputs: x, outputs: [apply(layers.dense({ units: 2 }), y), y], name: 'nested' });
  },

  // A part of another model, whose layers have further calls that are not this model's.
  part: () => {
    const whole = make.branches?.() as LayersModel;
    const cut = whole.layers.filter((layer) => layer.getClassName() === 'Add')[0];
    return model({ inputs: whole.inputs, outputs: cut?.output as SymbolicTensor, name: 'part' });
  },
};

const samples = Object.entries(make).map(([name, build]) => {
  const sample = build();
  randomise(sample);
  const xs = sample.inputs.map(({ shape }) =>
    randomNormal([3, ...shape.slice(1)] as number[], 0, 1),
  );
  return { name, model: sample, xs };
});

/** Distinct values in every weight, and positive ones where a variance stands. */
function randomise(target: LayersModel): void {
  for (const weight of target.weights) {
    const isScale = /gamma|variance/.test(weight.originalName);
    const shape = weight.shape as number[];
    weight.write(isScale ? randomUniform(shape, 0.5, 1.5) : randomNormal(shape, 0, 0.5));
  }
}

function apply(layer: layers.Layer, x: SymbolicTensor | SymbolicTensor[]): SymbolicTensor {
  return layer.apply(x) as SymbolicTensor;
}

function predict(target: LayersModel, xs: Tensor[]): number[][] {
  return tidy(() => {
    const result = target.predict(xs.length === 1 ? (xs[0] as Tensor) : xs);
    return (Array.isArray(result) ? result : [result]).map((y) => Array.from(y.dataSync()));
  });
}

/** HDF5 notes when an array was written, so that bytes differ. */
const contentOf = async (target: LayersModel) => readH5(await modelToH5(target), 'x.h5');
const trainable = (target: LayersModel) =>
  target.trainableWeights.map(({ shape }) => util.sizeFromShape(shape as number[]));
const sum = (values: number[]) => values.reduce((a, b) => a + b, 0);

describe.each(samples)('the model $name', ({ model: original, xs }) => {
  it('comes back from a file with the same layers, settings and predictions', async () => {
    const again = await modelFromH5(await modelToH5(original));
    expect(predict(again, xs)).toEqual(predict(original, xs));
    expect(trainable(again)).toEqual(trainable(original));
    // What cannot be told apart in a further file is the same model. (The first may have layers of tfjs-layers that ours
    // have come in for.)
    const config = (target: LayersModel) => JSON.stringify(target.layers.map(({ name }) => name));
    if (original.getClassName() !== 'Sequential') expect(config(again)).toBe(config(original));
    const third = await modelFromH5(await modelToH5(again));
    expect(await contentOf(third)).toEqual(await contentOf(again));
  });
});

const { python, missing } = findPython();
// The usual reporter says nothing of what is skipped.
if (missing) console.warn(`Models are not checked in Keras: ${missing}`);
describe.skipIf(missing)('models in Keras', () => {
  const formats = ['h5', 'keras', 'weights'];
  const files = samples.flatMap((sample) => formats.map((format) => ({ ...sample, format })));
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'graft-keras-format-'));
    for (const { name, model: sample, xs } of samples) {
      const inputs = xs.map((x) => ({ shape: x.shape, values: Array.from(x.dataSync()) }));
      const file = (ending: string) => join(folder, `${name}${ending}`);
      await writeFile(file('-h5.h5'), await modelToH5(sample));
      await writeFile(file('-keras.keras'), await modelToKeras(sample));
      await writeFile(file('-weights.keras'), await modelToKeras(sample));
      await writeFile(file('-weights.weights.h5'), await weightsToH5(sample));
      for (const format of formats) {
        await writeFile(file(`-${format}.json`), JSON.stringify({ inputs }));
      }
    }
    const script = fileURLToPath(new URL('../../../reference/predict.py', import.meta.url));
    await promisify(execFile)(python ?? '', [script, folder]);
  }, 120_000);
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it.each(files)(
    '$name predicts the same: $format',
    async ({ name, format, model: sample, xs }) => {
      const text = await readFile(join(folder, `${name}-${format}.keras.json`), 'utf8');
      const keras = JSON.parse(text) as {
        outputs: { values: number[] }[];
        names: string[];
        trainable: number;
      };
      const outputs = predict(sample, xs);
      expect(outputs).toHaveLength(keras.outputs.length);
      for (const [i, values] of outputs.entries()) {
        const expected = keras.outputs[i]?.values ?? [];
        expect(values).toHaveLength(expected.length);
        const scale = Math.max(1, ...expected.map(Math.abs));
        const errors = values.map((value, j) => Math.abs(value - (expected[j] ?? NaN)) / scale);
        expect(Math.max(...errors)).toBeLessThan(1e-6);
      }
      expect(keras.trainable).toBe(sum(trainable(sample)));
      const names = sample.layers.filter(
        (l) => sample.getClassName() !== 'Sequential' || l.getClassName() !== 'InputLayer',
      );
      expect(keras.names).toEqual(names.map((layer) => layer.name));
    },
  );
});
