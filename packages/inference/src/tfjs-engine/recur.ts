// A cell run along the steps of a sequence.

import * as tf from '@tensorflow/tfjs-core';
import { type Cell, gatesOf } from '../graph/cell.js';
import type { RecurrentNode } from '../graph/node.js';
import { activate } from './activate.js';

type States = readonly tf.Tensor[];

export function recur(node: RecurrentNode, inputs: readonly tf.Tensor[]): tf.Tensor {
  const { cell, masked, backwards, gives } = node;
  const [x, kernel, recurrent, biases, ...others] = inputs as readonly [
    ...[tf.Tensor3D, tf.Tensor2D, tf.Tensor2D, tf.Tensor],
    ...tf.Tensor[],
  ];
  const [ofInput, ofLast] = apart(cell, biases);
  const steps = tf.unstack(projected(x, kernel, ofInput));
  const [mask, begin] = masked ? [others[0], others.slice(1)] : [undefined, others];
  const counts = mask && tf.unstack(tf.expandDims(tf.greater(mask, 0), -1), 1);
  const step = stepOf(cell, recurrent, ofLast);
  let states: States = begin.length > 0 ? begin : zeros(cell, x.shape[0], recurrent.shape[0]);
  const outputs: tf.Tensor[] = [];
  const order = [...steps.keys()];
  for (const t of backwards ? order.reverse() : order) {
    const before = states;
    states = tf.tidy(() => {
      const fresh = step(steps[t] as tf.Tensor, before);
      const isCounted = counts?.[t];
      if (!isCounted) return fresh;
      return fresh.map((state, i) => tf.where(isCounted, state, before[i] as tf.Tensor));
    });
    outputs[t] = states[0] as tf.Tensor;
  }
  if (gives === 'outputs') return tf.stack(outputs, 1);
  return states[gives === 'output' ? 0 : 1] as tf.Tensor;
}

/** What is added before the steps, and what only within them: of a GRU that resets after the product, the third part. */
function apart(cell: Cell, biases: tf.Tensor): [tf.Tensor, tf.Tensor | undefined] {
  const [ofInput, ofLast] = tf.unstack(biases) as [tf.Tensor, tf.Tensor];
  if (cell.kind !== 'gru' || !cell.resetAfter) return [tf.add(ofInput, ofLast), undefined];
  const units = ofLast.size / 3;
  const [ofGates, ofCandidate] = tf.split(ofLast, [2 * units, units]) as [tf.Tensor, tf.Tensor];
  return [tf.add(ofInput, tf.concat([ofGates, tf.zerosLike(ofCandidate)])), ofCandidate];
}

/** All steps at once: [steps, batch, gates · units], in which each lies together. */
function projected(x: tf.Tensor3D, kernel: tf.Tensor2D, bias: tf.Tensor): tf.Tensor {
  const [batch, steps, features] = x.shape;
  const rows: tf.Tensor2D = tf.reshape(tf.transpose(x, [1, 0, 2]), [steps * batch, features]);
  const product = tf.add(tf.matMul(rows, kernel), bias);
  return tf.reshape(product, [steps, batch, kernel.shape[1]]);
}

function zeros({ kind }: Cell, batch: number, units: number): States {
  return Array.from({ length: kind === 'lstm' ? 2 : 1 }, () => tf.zeros([batch, units]));
}

type Parts = [tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor];

/** From the product of a step's input and the states before it to those after it. */
function stepOf(
  cell: Cell,
  kernel: tf.Tensor2D,
  bias: tf.Tensor | undefined,
): (x: tf.Tensor, states: States) => tf.Tensor[] {
  const split = (x: tf.Tensor) => tf.split(x, gatesOf[cell.kind], 1) as Parts;
  const { activation } = cell;
  switch (cell.kind) {
    case 'simple':
      return (x, [h]) => [activate(tf.add(x, tf.matMul(h as tf.Tensor, kernel)), activation)];
    case 'lstm':
      return (x, [h, c]) => {
        const [i, f, candidate, o] = split(tf.add(x, tf.matMul(h as tf.Tensor, kernel)));
        const fresh = tf.mul(activate(i, cell.gate), activate(candidate, activation));
        const carry = tf.add(tf.mul(activate(f, cell.gate), c as tf.Tensor), fresh);
        return [tf.mul(activate(o, cell.gate), activate(carry, activation)), carry];
      };
    case 'gru': {
      const widths = [2 * kernel.shape[0], kernel.shape[0]];
      const [gates, candidates] = tf.split(kernel, widths, 1) as [tf.Tensor2D, tf.Tensor2D];
      const ofCandidate = (h: tf.Tensor) => {
        const product = tf.matMul(h, candidates);
        return bias ? tf.add(product, bias) : product;
      };
      return (x, states) => {
        const [h] = states as [tf.Tensor];
        const [xz, xr, xh] = split(x);
        const [hz, hr] = tf.split(tf.matMul(h, gates), 2, 1) as [tf.Tensor, tf.Tensor];
        const z = activate(tf.add(xz, hz), cell.gate);
        const r = activate(tf.add(xr, hr), cell.gate);
        const inner = cell.resetAfter ? tf.mul(r, ofCandidate(h)) : ofCandidate(tf.mul(r, h));
        const candidate = activate(tf.add(xh, inner), activation);
        return [tf.add(candidate, tf.mul(z, tf.sub(h, candidate)))];
      };
    }
  }
}
