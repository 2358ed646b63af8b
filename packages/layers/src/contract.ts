// The sum of products over shared axes, in Einstein's notation; that of tfjs has no gradient.

import * as tf from '@tensorflow/tfjs-core';

/** A letter for each axis; what the result lacks is summed over. */
export interface Axes {
  readonly a: string;
  readonly b: string;
  readonly result: string;
}

/**
 * Σ a · b by one matrix product: `{ a: 'bthd', b: 'bshd', result: 'bhts' }` multiplies along `d`. Each letter stands once
 * in each of them, and every letter of the result in `a` or `b`.
 */
export function contract(axes: Axes, a: tf.Tensor, b: tf.Tensor): tf.Tensor {
  const [left, right] = [reduced(axes, 'a', a), reduced(axes, 'b', b)];
  const both = [...left.axes].filter((axis) => right.axes.includes(axis));
  const batch = both.filter((axis) => axes.result.includes(axis));
  const summed = both.filter((axis) => !axes.result.includes(axis));
  const rows = [...left.axes].filter((axis) => !both.includes(axis));
  const columns = [...right.axes].filter((axis) => !both.includes(axis));
  const length = (axis: string) =>
    (left.axes.includes(axis)
      ? left.x.shape[left.axes.indexOf(axis)]
      : right.x.shape[right.axes.indexOf(axis)]) as number;
  const size = (list: readonly string[]) => tf.util.sizeFromShape(list.map(length));
  const product = tf.matMul(
    tf.reshape(ordered(left, [...batch, ...rows, ...summed]), [
      size(batch),
      size(rows),
      size(summed),
    ]),
    tf.reshape(ordered(right, [...batch, ...summed, ...columns]), [
      size(batch),
      size(summed),
      size(columns),
    ]),
  );
  const made = [...batch, ...rows, ...columns];
  return ordered({ axes: made.join(''), x: tf.reshape(product, made.map(length)) }, [
    ...axes.result,
  ]);
}

interface Labelled {
  readonly axes: string;
  readonly x: tf.Tensor;
}

/** Without the axes that neither the other one nor the result has: these are summed first. */
function reduced(axes: Axes, own: 'a' | 'b', x: tf.Tensor): Labelled {
  const others = axes.result + axes[own === 'a' ? 'b' : 'a'];
  const alone = [...axes[own]].flatMap((axis, i) => (others.includes(axis) ? [] : [i]));
  if (alone.length === 0) return { axes: axes[own], x };
  const kept = [...axes[own]].filter((axis) => others.includes(axis));
  return { axes: kept.join(''), x: tf.sum(x, alone) };
}

function ordered({ axes, x }: Labelled, order: readonly string[]): tf.Tensor {
  const permutation = order.map((axis) => axes.indexOf(axis));
  return permutation.every((from, i) => from === i) ? x : tf.transpose(x, permutation);
}
