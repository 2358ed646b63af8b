// Keras's SimpleRNNCell.

import * as tf from '@tensorflow/tfjs-core';
import {
  type Pass,
  product,
  RecurrentCell,
  type RecurrentCellArgs,
  type Step,
} from './recurrent-cell.js';

/** See {@link simpleRNNCell}. */
export class GraftSimpleRNNCell extends RecurrentCell {
  static readonly className = 'GraftSimpleRNNCell';

  constructor(args: RecurrentCellArgs) {
    super(args, 1, 1);
  }

  protected override step({ inputs, masks, kernel }: Pass): Step {
    const recurrent = product(kernel, masks);
    return (t, [h]) => [
      this.activation.apply(tf.add(inputs[t] as tf.Tensor, recurrent(h as tf.Tensor))),
    ];
  }
}

/**
 * Keras's SimpleRNNCell, a cell of `rnn`: h ← activation(W x + R h + b). x is [batch, features], h [batch, units].
 *
 * @throws GraftError when `units` is no positive integer, or a rate is not ≥ 0 and < 1
 * @example
 * import { rnn, simpleRNNCell } from '@graftjs/layers';
 * rnn({ cell: [simpleRNNCell({ units: 8 }), simpleRNNCell({ units: 4 })] });
 */
export function simpleRNNCell(args: RecurrentCellArgs): GraftSimpleRNNCell {
  return new GraftSimpleRNNCell(args);
}
