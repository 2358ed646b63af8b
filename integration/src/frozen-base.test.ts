// A network of the zoo with frozen stages: what is frozen stays to the bit, and a head learns the same from kept features.

import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import { registerNodeBackend } from '@graftjs/backend-node';
import { leafLayers } from '@graftjs/core';
import { registerLayers } from '@graftjs/layers';
import { mobileNetV2 } from '@graftjs/model-zoo';
import { AdamW } from '@graftjs/optimizers';
import { importTensorFlow, tensorDataset } from '@graftjs/test-utils';
import { fillByFormula } from '@graftjs/test-utils/formula-weights';
import { fit } from '@graftjs/training';
import {
  cacheFeatures,
  cloneModel,
  freezeTo,
  graftHead,
  layerGroups,
  splitHead,
} from '@graftjs/transfer';

const hasTensorFlow = await importTensorFlow();
if (hasTensorFlow) registerNodeBackend();
registerLayers();

describe.each(['cpu', ...(hasTensorFlow ? ['tensorflow'] : [])])('on %s', (backend) => {
  let grafted: LayersModel;
  let xs: tf.Tensor;
  let ys: tf.Tensor;
  beforeAll(async () => {
    await tf.setBackend(backend);
    const base = await mobileNetV2({
      ...{ weights: null, alpha: 0.35, includeTop: false, inputShape: [32, 32, 3] },
    });
    grafted = graftHead(base, { classes: 2, hidden: 8, seed: 1 });
    fillByFormula(leafLayers(base).map(({ layer }) => layer));
    xs = tf.randomUniform([8, 32, 32, 3], -1, 1, 'float32', 1);
    ys = tf.tensor1d([0, 1, 1, 0, 1, 0, 0, 1], 'int32');
  });
  const data = () => tensorDataset(xs, ys, 4);
  /** With decay and a moving average, which would move what has no gradient. */
  const options = () => ({
    optimizer: new AdamW({ learningRate: 0.01, weightDecay: 0.1, decays: 'all', useEma: true }),
    ...({ loss: 'sparseCategoricalCrossentropy', epochs: 2 } as const),
  });
  /** The weights of a model's layers, those of BatchNormalization's statistics too, by group. */
  const bits = (model: LayersModel) =>
    layerGroups(model).map(({ layers }) =>
      layers.flatMap(({ weights }) => weights.map((weight) => [...weight.read().dataSync()])),
    );

  it.each(['head', 'stage7'])('leaves to the bit what is frozen below %s', async (group) => {
    const model = cloneModel(grafted);
    const names = layerGroups(model).map(({ name }) => name);
    const from = names.indexOf(group);
    freezeTo(model, group);
    const before = bits(model);
    await fit(model, data(), options());
    const after = bits(model);
    expect(after.slice(0, from)).toEqual(before.slice(0, from));
    for (const [i, weights] of after.entries()) {
      if (i < from) continue;
      // All of what trains has moved, moving statistics among it.
      const still = weights.filter((values, k) => tf.util.arraysEqual(values, before[i]![k]!));
      expect(still, names[i]).toEqual([]);
    }
    model.dispose();
  });

  it('a head on kept features learns what it learns in the whole model', async () => {
    const [whole, split] = [cloneModel(grafted), cloneModel(grafted)];
    freezeTo(whole, 'head');
    const plain = await fit(whole, data(), options());
    const { base, head } = splitHead(split);
    const features = await cacheFeatures(base, data(), { batchSize: 4, shuffle: false });
    const kept = await fit(head, features, options());
    const apart = kept.logs['loss']!.map((loss, i) => Math.abs(loss - plain.logs['loss']![i]!));
    expect(Math.max(...apart)).toBeLessThan(1e-5);
    const [weights, expected] = [split, whole].map((model) => bits(model).at(-1)!.flat());
    expect(tf.tensor1d(weights!)).toBeCloseToTensor(expected!, 1e-4);
    await features.dispose();
  });
});
