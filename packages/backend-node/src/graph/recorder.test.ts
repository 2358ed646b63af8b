import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { importTensorFlow } from '@graftjs/test-utils';
import { nodeBackend, type NodeBackend } from '../node-backend.js';
import { recordOps } from './recorder.js';
import { difference } from './recording.js';

describe.runIf(await importTensorFlow())('recordOps', () => {
  let backend: NodeBackend;
  let x: tf.Tensor;
  let outside: tf.Variable;
  beforeAll(async () => {
    await tf.setBackend('tensorflow');
    backend = nodeBackend();
    x = tf.tensor1d([1, 2]);
    outside = tf.variable(tf.tensor1d([3, 4]), true, 'outside');
  });
  afterAll(() => tf.dispose([x, outside]));

  const record = (compute: () => tf.Tensor) =>
    recordOps(backend, [x], () => {
      const result = compute();
      return { result, outputs: [result] };
    });

  it('notes ops, where their inputs come from, and the outputs', () => {
    const constant = tf.tensor1d([5, 6]);
    const { result, recording } = record(() => tf.tidy(() => tf.neg(tf.add(x, constant))));
    expect(recording?.ops.map(({ op }) => op)).toEqual(['Add', 'Neg']);
    expect(recording?.ops[0]?.inputs).toEqual([
      { kind: 'input', index: 0 },
      { kind: 'constant', constant: { shape: [2], dtype: 1, values: Float32Array.of(5, 6) } },
    ]);
    expect(recording?.inputs).toEqual([[2]]);
    expect(recording?.ops.map(({ shapes }) => shapes)).toEqual([[[2]], [[2]]]);
    expect(recording?.outputs).toEqual([{ kind: 'op', index: 1, port: 0 }]);
    expect(Array.from(result.dataSync())).toEqual([-6, -8]);
    tf.dispose([constant, result]);
  });

  it.each<[string, () => tf.Tensor]>([
    ['reads a computed value back to the host', () => tf.scalar(tf.sum(x).dataSync()[0] as number)],
    ['reads a computed value back to the host', () => tf.scalar(x.dataSync()[0] as number)],
    ['reads the variable outside, which the model does not list', () => tf.add(x, outside)],
  ])('tells that it %s', (obstacle, compute) => {
    const recorded = record(() => tf.tidy(compute));
    expect(recorded.obstacle).toBe(`it ${obstacle}`);
    expect(recorded.recording).toBeUndefined();
    recorded.result.dispose();
  });

  it('lets constants be read', () => {
    const { obstacle, result } = record(() =>
      tf.tidy(() => tf.add(x, tf.scalar(2).dataSync()[0]!)),
    );
    expect(obstacle).toBeUndefined();
    result.dispose();
  });

  it('makes random numbers of the host show up as a difference', () => {
    const compute = () => tf.tidy(() => tf.mul(x, tf.randomUniform([2])));
    const [a, b] = [record(compute), record(compute)];
    expect(difference(a.recording!, b.recording!)).toMatch(/is made anew on the host each time$/);
    tf.dispose([a.result, b.result]);
  });

  it('gives the binding back, also after a failure', () => {
    const { binding } = backend;
    expect(() =>
      record(() => {
        throw new Error('mine');
      }),
    ).toThrow('mine');
    expect(backend.binding).toBe(binding);
  });
});
