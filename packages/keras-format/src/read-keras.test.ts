// Files that Keras wrote: they load here and predict the same.

import '@tensorflow/tfjs-backend-cpu';
import { readFileSync } from 'node:fs';
import { memory, type Tensor, tensor, tidy } from '@tensorflow/tfjs-core';
import { type LayersModel } from '@tensorflow/tfjs-layers';
import { describe, expect, it } from 'vitest';
import { modelFromH5, modelFromKeras, modelToH5, modelToKeras } from './index.js';

interface Described {
  shape: number[];
  values: number[];
}

const reference = new URL('../../../reference/', import.meta.url);
const bytesOf = (file: string) => new Uint8Array(readFileSync(new URL(file, reference)));

/** A file of Keras's, and what its model answers. */
function fixture(name: string, { folder = 'fixtures/h5-models', file = '' } = {}) {
  const text = readFileSync(new URL(`${folder}/${name}.json`, reference), 'utf8');
  const answers = JSON.parse(text) as {
    inputs: Described[];
    outputs: Described[];
    trainable: string[];
  };
  return { bytes: bytesOf(file || `${folder}/${name}.h5`), ...answers };
}

const keras2 = { folder: 'keras2/fixtures' };
const files = [
  ...['mlp', 'cnn', 'nested', 'activations'].map((name) => ({
    file: `${name}.h5`,
    read: modelFromH5,
    ...fixture(name),
  })),
  ...['cnn', 'nested'].map((name) => ({
    file: `${name}.keras`,
    read: modelFromKeras,
    ...fixture(name, { file: `fixtures/keras-files/${name}.keras` }),
  })),
  ...['cnn', 'nested', 'renamed', 'recurrent'].map((name) => ({
    file: `${name}.h5 of Keras 2`,
    read: modelFromH5,
    ...fixture(name, keras2),
  })),
];

function predict(model: LayersModel, inputs: Described[]): number[][] {
  return tidy(() => {
    const xs = inputs.map(({ shape, values }) => tensor(values, shape));
    const [first] = xs;
    const result = model.predict(xs.length === 1 && first ? first : xs);
    const outputs: Tensor[] = Array.isArray(result) ? result : [result];
    return outputs.map((output) => Array.from(output.dataSync()));
  });
}

function largestError(received: number[][], expected: Described[]): number {
  expect(received.map((values) => values.length)).toEqual(expected.map((y) => y.values.length));
  const errors = expected.flatMap(({ values }, i) => {
    const scale = Math.max(1, ...values.map(Math.abs));
    return values.map((value, j) => Math.abs(value - (received[i]?.[j] ?? NaN)) / scale);
  });
  return Math.max(...errors);
}

describe.each(files)('the model $file', ({ file, read, bytes, inputs, outputs, trainable }) => {
  it('predicts as in Keras', async () => {
    const model = await read(bytes, { name: file });
    expect(largestError(predict(model, inputs), outputs)).toBeLessThan(1e-6);
    model.dispose();
  });

  it('has as many trainable weights as in Keras', async () => {
    const model = await read(bytes);
    expect(model.trainableWeights).toHaveLength(trainable.length);
    model.dispose();
  });
});

const trips = [
  ['.h5', modelToH5, modelFromH5],
  ['.keras', modelToKeras, modelFromKeras],
] as const;
const written = files.filter(({ file }) => !file.startsWith('renamed'));

describe.each(written)('the model $file', ({ read, bytes, inputs, trainable }) => {
  it.each(trips)(
    'predicts exactly the same after another trip through a %s file',
    async (_, to, from) => {
      const model = await read(bytes);
      const again = await from(await to(model));
      expect(predict(again, inputs)).toEqual(predict(model, inputs));
      expect(again.trainableWeights).toHaveLength(trainable.length);
      model.dispose();
      again.dispose();
    },
  );
});

it('what Keras 3 lacks is not written for it', async () => {
  const model = await modelFromH5(fixture('renamed', keras2).bytes);
  await expect(modelToKeras(model)).rejects.toThrow(
    'activation of layer "transpose" (Conv2DTranspose) is hard_sigmoid of Keras 2, which Keras 3 lacks',
  );
  model.dispose();
});

describe('a model saved by Keras', () => {
  it('has the names of its layers, and a Sequential does not count its input as one', async () => {
    const model = await modelFromH5(fixture('mlp').bytes);
    expect(model.name).toBe('mlp');
    expect(model.layers.map(({ name }) => name)).toEqual(['flat', 'hidden', 'dropout', 'classes']);
    expect(model.inputNames).toEqual(['pixels']);
    model.dispose();
  });

  it('keeps which layers are frozen', async () => {
    const model = await modelFromH5(fixture('nested').bytes);
    const shared = model.getLayer('shared') as LayersModel;
    expect(shared.trainable).toBe(true);
    expect(shared.getLayer('a').trainable).toBe(false);
    expect(shared.getLayer('b').trainable).toBe(true);
    const frozen = (model.getLayer('outer') as LayersModel).getLayer('frozen');
    expect(frozen.trainable).toBe(false);
    expect(frozen.trainableWeights).toEqual([]);
    model.dispose();
  });

  it('keeps regularizers, constraints and initializers', async () => {
    const model = await modelFromH5(fixture('cnn').bytes);
    expect(model.getLayer('mix').getConfig()).toMatchObject({
      kernelRegularizer: { className: 'L1L2', config: { l1: 1e-4, l2: 1e-3 } },
      kernelConstraint: { className: 'MaxNorm', config: { maxValue: 1.5, axis: [0, 1, 2] } },
      kernelInitializer: {
        className: 'VarianceScaling',
        config: { scale: 1, mode: 'fanAvg', distribution: 'uniform' },
      },
    });
    expect(model.getLayer('mix').weights[0]?.constraint?.getClassName()).toBe('MaxNorm');
    expect(model.layers.flatMap(({ losses }) => losses)).toHaveLength(2);
    model.dispose();
  });

  it('takes no more tensors than it has weights, and gives them back', async () => {
    const before = memory().numTensors;
    const model = await modelFromH5(fixture('cnn').bytes);
    expect(memory().numTensors - before).toBe(model.weights.length);
    model.dispose();
    expect(memory().numTensors).toBe(before);
  });

  it('starts the training curves with the weights of the file', async () => {
    const model = await modelFromH5(bytesOf('fixtures/training-curves/model.h5'));
    const [kernel] = model.getLayer('constrained').getWeights();
    expect(kernel?.shape).toEqual([12, 10]);
    expect(Math.max(...(kernel?.dataSync() ?? []))).toBeGreaterThan(0.5);
    model.dispose();
  });
});
