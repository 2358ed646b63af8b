// Runs cells along the steps of a sequence.

import * as tf from '@tensorflow/tfjs-core';
import type { RecurrentCell } from './recurrent-cell.js';

export interface ScanOptions {
  readonly training: boolean;
  /** From the last step to the first; outputs come in that order. */
  readonly goBackwards: boolean;
  /** [batch, steps]: where it is 0, a step changes no state, and the output is that of the step before. Not with `initial`. */
  readonly mask: tf.Tensor | null;
  /** Makes the output 0 there instead. */
  readonly zeroOutputForMask: boolean;
}

export interface Scanned {
  /** Of each step: [batch, units]. */
  readonly outputs: readonly tf.Tensor[];
  /** After the last step, cell by cell. */
  readonly states: readonly tf.Tensor[];
}

/**
 * @param x [batch, steps, features]
 * @param initial states of all cells; zeros where there are none
 */
export function scan(
  cells: readonly RecurrentCell[],
  x: tf.Tensor3D,
  initial: readonly tf.Tensor[],
  { training, goBackwards, mask, zeroOutputForMask }: ScanOptions,
): Scanned {
  const inOrder = <T extends tf.Tensor>(sequence: T): T =>
    goBackwards ? tf.reverse(sequence, 0) : sequence;
  const masks = mask && tf.unstack(inOrder(constant(() => stepMasks(mask))));
  let xs = inOrder(tf.transpose(x, [1, 0, 2]));
  let outputs: readonly tf.Tensor[] = [];
  const states: tf.Tensor[] = [];
  // Cell after cell is the same as step after step: what a cell takes is nothing but the outputs of the one before.
  for (const [i, cell] of cells.entries()) {
    if (i > 0) xs = tf.stack(outputs as tf.Tensor[]) as tf.Tensor3D;
    const given = initial.slice(states.length, states.length + cell.stateCount);
    const begun = given.length > 0 ? given : zeros(x.shape[0], cell);
    const after = scanOne(cell.begin(xs, training), begun, xs.shape[0], masks, zeroOutputForMask);
    outputs = after.outputs;
    states.push(...after.states);
  }
  return { outputs, states };
}

/** [steps, batch, 1] of [batch, steps] */
function stepMasks(mask: tf.Tensor): tf.Tensor {
  return tf.expandDims(tf.cast(tf.transpose(mask), 'bool'), -1);
}

/** What has no gradient, also where it is made of what has one. */
function constant(make: () => tf.Tensor): tf.Tensor {
  const made = tf.customGrad(() => ({
    value: make(),
    gradFunc: (dy: tf.Tensor) => tf.zerosLike(dy),
  }));
  return made(tf.scalar(0));
}

function zeros(batch: number, { units, stateCount }: RecurrentCell): tf.Tensor[] {
  return Array.from({ length: stateCount }, () => tf.zeros([batch, units]));
}

function scanOne(
  step: ReturnType<RecurrentCell['begin']>,
  begun: readonly tf.Tensor[],
  steps: number,
  masks: readonly tf.Tensor[] | null,
  zeroOutputForMask: boolean,
): Scanned {
  let states = begun;
  const outputs: tf.Tensor[] = [];
  for (let t = 0; t < steps; t++) {
    const [output, ...next] = tf.tidy(() => {
      const fresh = step(t, states);
      const mask = masks?.[t];
      if (!mask) return [fresh[0] as tf.Tensor, ...fresh];
      const kept = fresh.map((state, i) => tf.where(mask, state, states[i] as tf.Tensor));
      // States begin with zeros here, so that the first of them is the last output.
      const [output] = kept as [tf.Tensor];
      return [zeroOutputForMask ? tf.where(mask, output, tf.zerosLike(output)) : output, ...kept];
    }) as [tf.Tensor, ...tf.Tensor[]];
    outputs.push(output);
    states = next;
  }
  return { outputs, states };
}
