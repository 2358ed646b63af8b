// Cutting, putting on a head, freezing.

import '@tensorflow/tfjs-backend-cpu';
import * as layers from '@tensorflow/tfjs-layers';
import { describe, expect, it } from 'vitest';
import { isGraftError, leafLayers } from '@graftjs/core';
import '@graftjs/test-utils';
import { cutAt, freeze, graftHead, unfreeze } from './index.js';

const { dense } = layers.layers;

function network(): layers.LayersModel {
  return layers.sequential({
    layers: [
      dense({ units: 4, inputShape: [2], name: 'a' }),
      dense({ units: 3, name: 'b' }),
      dense({ units: 1, name: 'c' }),
    ],
  });
}

function around(inner: layers.LayersModel): layers.LayersModel {
  const input = layers.input({ shape: [2] });
  const middle = inner.apply(input) as layers.SymbolicTensor;
  const last = dense({ units: 5, name: 'last' }).apply(middle) as layers.SymbolicTensor;
  return layers.model({ inputs: input, outputs: last });
}

function messageOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (isGraftError(error)) return error.message;
    throw error;
  }
  throw new Error('it did not fail');
}

describe('cutAt', () => {
  it.each<[string | number, number]>([
    ['b', 3],
    [1, 3],
    [-1, 1],
    [-2, 3],
    [0, 4],
  ])('keeps the layers up to and including %s', (at, units) => {
    expect(cutAt(network(), at).outputs[0]?.shape).toEqual([null, units]);
  });

  it('shares layers with the original', () => {
    const model = network();
    expect(cutAt(model, 'a').getLayer('a')).toBe(model.getLayer('a'));
  });

  it('cuts at a nested model, which has an output of its own too', () => {
    const model = around(network());
    const body = cutAt(model, -2);
    expect(body.outputs[0]?.shape).toEqual([null, 1]);
    expect(body.inputs).toEqual(model.inputs);
  });

  it.each([3, -4, 1.5, NaN, 'd'])('refuses %s', (at) => {
    const text = typeof at === 'string' ? `"${at}"` : String(at);
    expect(messageOf(() => cutAt(network(), at))).toBe(
      `at must be the index or name of one of the model's layers (a, b, c). Received: ${text}`,
    );
  });
});

describe('graftHead', () => {
  it('puts layers on top, in order', () => {
    const base = cutAt(network(), 'b');
    const model = graftHead(base, [dense({ units: 7, name: 'd' }), dense({ units: 2, name: 'e' })]);
    expect(model.layers.slice(-2).map(({ name }) => name)).toEqual(['d', 'e']);
    expect(model.outputs[0]?.shape).toEqual([null, 2]);
    expect(model.getLayer('a')).toBe(base.getLayer('a'));
  });

  it('refuses a name that is taken, no layers, and a base with two outputs', () => {
    const base = network();
    const taken = "head must be layers with names that the base doesn't have. Received:";
    const named = (name: string) => dense({ units: 1, name });
    expect(messageOf(() => graftHead(base, [named('b')]))).toBe(`${taken} "b"`);
    expect(messageOf(() => graftHead(base, [named('x'), named('x')]))).toBe(`${taken} "x"`);
    expect(messageOf(() => graftHead(base, []))).toBe(
      'head must be at least one layer. Received: []',
    );
    const outputs = [base.outputs, base.inputs].flat();
    const two = layers.model({ inputs: base.inputs, outputs });
    expect(messageOf(() => graftHead(two, [named('x')]))).toBe(
      'base must be a model with one output. Received: 2',
    );
  });
});

describe('freeze and unfreeze', () => {
  // The input layer comes first; it has nothing to train.
  const flags = (model: layers.LayersModel) => leafLayers(model).map(({ trainable }) => trainable);

  it('act on the layers given, and on all that a nested model holds', () => {
    const inner = network();
    const model = around(inner);
    freeze([inner]);
    expect(flags(model)).toEqual([false, false, false, false, true]);
    expect(inner.layers.map(({ trainable }) => trainable)).toEqual([false, false, false]);
    expect(model.trainableWeights).toHaveLength(2);
    unfreeze([inner]);
    expect(flags(model)).toEqual([false, true, true, true, true]);
    expect(model.trainableWeights).toHaveLength(8);
  });
});
