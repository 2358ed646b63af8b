import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import * as layers from '@tensorflow/tfjs-layers';
import { describe, expect, it } from 'vitest';
import { isModel, leafLayers } from './layer-tree.js';
import { modelWeights, penaltyOf } from './model-weights.js';

const { dense, batchNormalization } = layers.layers;

function nested() {
  const inner = layers.sequential({
    layers: [
      dense({ units: 2, inputShape: [3], name: 'a', kernelRegularizer: layers.regularizers.l2() }),
      batchNormalization({ name: 'b' }),
    ],
  });
  const kernelConstraint = layers.constraints.nonNeg();
  const model = layers.sequential({
    layers: [
      inner,
      dense({
        units: 1,
        name: 'c',
        kernelConstraint,
        kernelRegularizer: layers.regularizers.l1l2(),
      }),
    ],
  });
  return { model, inner };
}

const flags = (model: layers.LayersModel) =>
  Object.fromEntries(leafLayers(model).map(({ layer, trainable }) => [layer.name, trainable]));

describe('leafLayers', () => {
  it('walks nested models, whose flag holds for all that is in them', () => {
    const { model, inner } = nested();
    expect(isModel(inner)).toBe(true);
    expect(flags(model)).toEqual({ a: true, b: true, c: true });
    inner.trainable = false;
    expect(flags(model)).toEqual({ a: false, b: false, c: true });
    model.trainable = false;
    expect(flags(model)).toEqual({ a: false, b: false, c: false });
  });

  it('gives a shared layer once, training if one of its places does', () => {
    const shared = dense({ units: 3, inputShape: [3], name: 'shared' });
    const frozen = layers.sequential({ layers: [shared] });
    frozen.trainable = false;
    const input = layers.input({ shape: [3] });
    const middle = frozen.apply(input) as layers.SymbolicTensor;
    const outputs = shared.apply(middle) as layers.SymbolicTensor;
    const model = layers.model({ inputs: input, outputs });
    expect(leafLayers(model).filter(({ layer }) => layer === shared)).toEqual([
      { layer: shared, trainable: true },
    ]);
  });
});

describe('modelWeights', () => {
  it('sorts variables by what training does with them', () => {
    const { model, inner } = nested();
    const all = modelWeights(model);
    expect([all.trainable.length, all.states.length, all.constraints.length]).toEqual([6, 2, 1]);
    expect(all.constraints[0]?.variable.name).toMatch(/^c\/kernel/);
    inner.trainable = false;
    const head = modelWeights(model);
    expect([head.trainable.length, head.states.length]).toEqual([2, 6]);
    model.trainable = false;
    expect(modelWeights(model)).toMatchObject({ trainable: [], constraints: [] });
  });
});

describe('penalty', () => {
  it('sums what trains: 0.01·Σw² and 0.01·Σ|w| each', () => {
    const { model, inner } = nested();
    const [a, c] = [inner.layers[0], model.layers[1]].map((layer) =>
      Array.from(layer?.weights[0]?.read().dataSync() ?? []),
    ) as [number[], number[]];
    const l1 = (w: number[]) => 0.01 * w.reduce((sum, v) => sum + Math.abs(v), 0);
    const l2 = (w: number[]) => 0.01 * w.reduce((sum, v) => sum + v * v, 0);
    const value = () => tf.tidy(() => penaltyOf(model)?.().dataSync()[0]);
    expect(value()).toBeCloseTo(l2(a) + l1(c) + l2(c), 6);
    inner.trainable = false;
    expect(value()).toBeCloseTo(l1(c) + l2(c), 6);
    model.trainable = false;
    expect(value()).toBeUndefined();
  });
});
