import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import * as layers from '@tensorflow/tfjs-layers';
import { describe, expect, it } from 'vitest';
import { enterTrainingMode } from './training-mode.js';

const { dense, batchNormalization, activation, softmax, reshape } = layers.layers;

const stack = (...list: layers.layers.Layer[]) => layers.sequential({ layers: list });
const first = { units: 4, inputShape: [2] };

function logitsOf(model: layers.LayersModel) {
  const mode = enterTrainingMode(model);
  const xs = tf.tensor2d([[1, -2]]);
  try {
    return mode.forward(xs, true, ({ predictions, logits }) => {
      if (!logits) return undefined;
      const again = tf[logits.activation](logits.values);
      const same = tf.util.arraysEqual(
        Array.from(again.dataSync()),
        Array.from(predictions.dataSync()),
      );
      return [logits.activation, same];
    });
  } finally {
    xs.dispose();
    mode.leave();
  }
}

describe('logits', () => {
  it.each<[string, () => layers.LayersModel, unknown]>([
    ['a dense softmax', () => stack(dense({ ...first, activation: 'softmax' })), ['softmax', true]],
    ['a dense sigmoid', () => stack(dense({ ...first, activation: 'sigmoid' })), ['sigmoid', true]],
    [
      'an Activation layer',
      () => stack(dense(first), activation({ activation: 'softmax' })),
      ['softmax', true],
    ],
    ['a Softmax layer', () => stack(dense(first), softmax({ axis: -1 })), ['softmax', true]],
    [
      'a nested model',
      () => stack(stack(dense({ ...first, activation: 'softmax' }))),
      ['softmax', true],
    ],
    [
      'a model nested in the functional way',
      () => functional(stack(dense({ ...first, activation: 'sigmoid' }))),
      ['sigmoid', true],
    ],
    ['no activation', () => stack(dense(first)), undefined],
    ['another activation', () => stack(dense({ ...first, activation: 'tanh' })), undefined],
    [
      'a layer behind the softmax',
      () => stack(dense({ ...first, activation: 'softmax' }), reshape({ targetShape: [4] })),
      undefined,
    ],
    ['a layer that works on with its activation', () => stack(dense(first), new Gate()), undefined],
  ])('with %s', (_, make, expected) => {
    expect(logitsOf(make())).toEqual(expected);
  });

  it('are not kept when a callback runs the model, or runs it in a mode of its own', () => {
    const model = stack(dense({ ...first, activation: 'softmax' }));
    const xs = tf.ones([1, 2]);
    const before = tf.memory().numTensors;
    const outer = enterTrainingMode(model);
    const inner = enterTrainingMode(model);
    tf.dispose(inner.forward(xs, false, ({ predictions }) => predictions));
    inner.leave();
    tf.dispose(model.predict(xs));
    expect(tf.memory().numTensors).toBe(before);
    outer.leave();
  });

  it('are released where the loss fails', () => {
    const mode = enterTrainingMode(stack(dense({ ...first, activation: 'softmax' })));
    const xs = tf.ones([1, 2]);
    const before = tf.memory().numTensors;
    expect(() =>
      tf.tidy(() =>
        mode.forward(xs, true, () => {
          throw new Error('no loss');
        }),
      ),
    ).toThrow('no loss');
    expect(tf.memory().numTensors).toBe(before);
    mode.leave();
  });
});

describe('BatchNormalization', () => {
  const xs = tf.tensor2d([
    [1, 10],
    [3, 30],
  ]);
  const norm = (trainable: boolean) => batchNormalization({ inputShape: [2], trainable });

  it('normalises by moving statistics, which stay, where it is frozen', () => {
    const model = stack(norm(false));
    const mode = enterTrainingMode(model);
    const [output, moved] = tf.tidy(() =>
      mode.forward(xs, true, ({ predictions }) => [
        Array.from(predictions.dataSync()),
        model.getWeights().map((w) => Array.from(w.dataSync())),
      ]),
    );
    const scale = 1 / Math.sqrt(1.001);
    (output as number[]).forEach((value, i) =>
      expect(value).toBeCloseTo([1, 10, 3, 30][i]! * scale, 4),
    );
    expect((moved as number[][]).slice(2)).toEqual([
      [0, 0],
      [1, 1],
    ]);
    mode.leave();
  });

  it('normalises by the batch, and its statistics move, where it trains', () => {
    const model = stack(norm(true));
    const mode = enterTrainingMode(model);
    const output = tf.tidy(() =>
      mode.forward(xs, true, ({ predictions }) => predictions.arraySync()),
    );
    expect((output as number[][])[0]?.[1]).toBeCloseTo(-1, 4);
    expect(model.getWeights()[2]?.dataSync()[0]).toBeCloseTo(0.02, 6);
    mode.leave();
  });
});

it('leaves no method behind, also where one was there before', () => {
  const norm = batchNormalization({ inputShape: [2], trainable: false });
  const own = norm.call.bind(norm);
  norm.call = own;
  const other = batchNormalization({ trainable: false });
  const last = dense({ units: 1, activation: 'sigmoid' });
  const model = stack(norm, other, last);
  const mode = enterTrainingMode(model);
  expect(Object.hasOwn(other, 'call')).toBe(true);
  mode.leave();
  expect(norm.call).toBe(own);
  expect(Object.hasOwn(other, 'call')).toBe(false);
  expect(Object.hasOwn((last as unknown as { activation: object }).activation, 'apply')).toBe(
    false,
  );
});

function functional(inner: layers.LayersModel): layers.LayersModel {
  const input = layers.input({ shape: [2] });
  return layers.model({ inputs: input, outputs: inner.apply(input) as layers.SymbolicTensor });
}

/** x · σ(x). */
class Gate extends layers.layers.Layer {
  static className = 'Gate';
  private readonly activation = (
    dense({ units: 1, activation: 'sigmoid' }) as unknown as {
      activation: { apply(x: tf.Tensor): tf.Tensor };
    }
  ).activation;

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const x = Array.isArray(inputs) ? (inputs[0] as tf.Tensor) : inputs;
    return tf.tidy(() => tf.mul(x, this.activation.apply(x)));
  }
}
