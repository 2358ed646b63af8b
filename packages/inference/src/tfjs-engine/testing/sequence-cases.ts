// Small graphs on sequences, and what they give step by step.

import * as tf from '@tensorflow/tfjs-core';
import type { Cell } from '../../graph/cell.js';
import { constantOf } from '../../graph/constant.js';
import { GraphBuilder, type Value } from '../../graph/graph-builder.js';
import type { RecurrentNode } from '../../graph/node.js';
import type { EngineCase } from './cases.js';

const [BATCH, STEPS, FEATURES, UNITS] = [2, 4, 3, 2];

const values = (shape: number[], seed: number) =>
  tf.randomUniform(shape as [number, number], -1, 1, 'float32', seed);

/** A case on a sequence, with constants of these shapes. */
function onSequence(
  shapes: readonly number[][],
  add: (graph: GraphBuilder, x: Value, constants: Value[]) => Value,
  expected: (x: tf.Tensor3D, constants: tf.Tensor2D[]) => tf.Tensor,
): () => EngineCase {
  return () => {
    const input = values([BATCH, STEPS, FEATURES], 1);
    const graph = new GraphBuilder();
    const x = graph.input('x', [null, STEPS, FEATURES], 'float32');
    const arrays = shapes.map((shape, i) => values(shape, i + 2).dataSync() as Float32Array);
    const constants = shapes.map((shape, i) =>
      graph.constant(`c${i}`, constantOf(shape, arrays[i] as Float32Array)),
    );
    const y = add(graph, x, constants);
    const tensors = () =>
      shapes.map((shape, i) => tf.tensor<tf.Rank>(arrays[i] as Float32Array, shape) as tf.Tensor2D);
    return {
      graph: graph.build([y]),
      input,
      expected: (given) => expected(given as tf.Tensor3D, tensors()),
    };
  };
}

/** Of a step: the products of input and last output with their biases, and the states before, to those after it. */
type Step = (x: tf.Tensor, h: (h: tf.Tensor) => tf.Tensor, states: tf.Tensor[]) => tf.Tensor[];

interface Settings {
  readonly gates: number;
  readonly states: number;
  readonly gives: RecurrentNode['gives'];
  readonly backwards?: boolean;
  /** Where the mean of the features is positive, a step counts. */
  readonly masked?: boolean;
}

function recurrent(cell: Cell, settings: Settings, step: Step): () => EngineCase {
  const { gates, states, gives, backwards = false, masked = false } = settings;
  const width = gates * UNITS;
  return onSequence(
    [
      [FEATURES, width],
      [UNITS, width],
      [2, width],
    ],
    (graph, x, constants) => {
      const mean = graph.add('m', { op: 'reduceMean', inputs: [x], axes: [2], keepDims: false });
      const above = { op: 'activation', activation: { kind: 'step' } } as const;
      const mask = graph.add('mask', { ...above, inputs: [mean] });
      const inputs = [x, ...constants, ...(masked ? [mask] : [])];
      return graph.add('y', { op: 'recurrent', inputs, cell, backwards, masked, gives });
    },
    (x, [kernel, last, biases]) => {
      const [ofInput, ofLast] = tf.unstack(biases as tf.Tensor2D) as [tf.Tensor, tf.Tensor];
      const steps = tf.unstack(x, 1) as tf.Tensor2D[];
      let now = Array.from({ length: states }, (): tf.Tensor => tf.zeros([BATCH, UNITS]));
      const outputs: tf.Tensor[] = [];
      for (let i = 0; i < STEPS; i++) {
        const t = backwards ? STEPS - 1 - i : i;
        const given = steps[t] as tf.Tensor2D;
        const product = tf.add(tf.matMul(given, kernel as tf.Tensor2D), ofInput);
        const next = step(product, (h) => tf.add(tf.matMul(h, last as tf.Tensor2D), ofLast), now);
        const counts = masked ? tf.step(tf.mean(given, 1, true)) : tf.ones([BATCH, 1]);
        now = next.map((state, k) =>
          tf.add(tf.mul(state, counts), tf.mul(now[k] as tf.Tensor, tf.sub(1, counts))),
        );
        outputs[t] = now[0] as tf.Tensor;
      }
      return gives === 'outputs' ? tf.stack(outputs, 1) : (now[gives === 'output' ? 0 : 1] as tf.Tensor); // prettier-ignore
    },
  );
}

const parts = (x: tf.Tensor, count: number) => tf.split(x, count, 1) as [tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor]; // prettier-ignore

const [tanh, sigmoid] = [{ kind: 'tanh' }, { kind: 'sigmoid' }] as const;

const lstm: Step = (x, product, [h, c]) => {
  const [i, f, candidate, o] = parts(tf.add(x, product(h as tf.Tensor)), 4);
  const fresh = tf.mul(tf.sigmoid(i), tf.tanh(candidate));
  const carry = tf.add(tf.mul(tf.sigmoid(f), c as tf.Tensor), fresh);
  return [tf.mul(tf.sigmoid(o), tf.tanh(carry)), carry];
};

const gru =
  (resetAfter: boolean): Step =>
  (x, product, states) => {
    const [h] = states as [tf.Tensor];
    const [xz, xr, xh] = parts(x, 3);
    const [hz, hr, hh] = parts(product(h), 3);
    const [z, r] = [tf.sigmoid(tf.add(xz, hz)), tf.sigmoid(tf.add(xr, hr))];
    const inner = resetAfter ? tf.mul(r, hh) : parts(product(tf.mul(r, h)), 3)[2];
    return [tf.add(tf.mul(z, h), tf.mul(tf.sub(1, z), tf.tanh(tf.add(xh, inner))))];
  };

/** By what they are about; each makes its tensors when it is called. */
export const sequenceCases: Readonly<Record<string, () => EngineCase>> = {
  'a simple cell, without an activation': recurrent(
    { kind: 'simple', activation: undefined },
    { gates: 1, states: 1, gives: 'outputs' },
    (x, product, [h]) => [tf.add(x, product(h as tf.Tensor))],
  ),
  'an LSTM, backwards': recurrent(
    { kind: 'lstm', activation: tanh, gate: sigmoid },
    { gates: 4, states: 2, gives: 'outputs', backwards: true },
    lstm,
  ),
  'the carry of a masked LSTM': recurrent(
    { kind: 'lstm', activation: tanh, gate: sigmoid },
    { gates: 4, states: 2, gives: 'carry', masked: true },
    lstm,
  ),
  'a GRU that resets after the product, masked, backwards': recurrent(
    { kind: 'gru', activation: tanh, gate: sigmoid, resetAfter: true },
    { gates: 3, states: 1, gives: 'outputs', masked: true, backwards: true },
    gru(true),
  ),
  'the output of a GRU that resets before it': recurrent(
    { kind: 'gru', activation: tanh, gate: sigmoid, resetAfter: false },
    { gates: 3, states: 1, gives: 'output' },
    gru(false),
  ),
  'products of matrices, with a constant on either side, and reversed': onSequence(
    [
      [5, STEPS],
      [1, FEATURES, 2],
    ],
    (graph, x, [left, right]) => {
      const rows = graph.add('rows', { op: 'matMul', inputs: [left, x] });
      const both = graph.add('both', { op: 'matMul', inputs: [rows, right] });
      return graph.add('y', { op: 'reverse', inputs: [both], axis: 1 });
    },
    (x, [left, right]) => {
      const rows = tf.unstack(x).map((each) => {
        const product = tf.matMul(left as tf.Tensor2D, each as tf.Tensor2D);
        return tf.matMul(product, tf.reshape(right as tf.Tensor, [FEATURES, 2]));
      });
      return tf.stack(rows.map((each) => tf.gather(each, tf.tensor1d([4, 3, 2, 1, 0], 'int32'))));
    },
  ),
  'steps that become examples, and back': onSequence(
    [[FEATURES, 2]],
    (graph, x, [kernel]) => {
      const flat = graph.add('flat', { op: 'reshape', inputs: [x], shape: [null, FEATURES] });
      const dense = graph.add('dense', { op: 'dense', inputs: [flat, kernel] });
      return graph.add('y', { op: 'reshape', inputs: [dense], shape: [null, STEPS, 2] });
    },
    (x, [kernel]) =>
      tf.stack(tf.unstack(x).map((each) => tf.matMul(each as tf.Tensor2D, kernel as tf.Tensor2D))),
  ),
};
