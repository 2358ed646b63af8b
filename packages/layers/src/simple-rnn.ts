// Keras's SimpleRNN.

import type * as tf from '@tensorflow/tfjs-core';
import type { RecurrentCellArgs } from './recurrent-cell.js';
import { cellArgs, type RecurrentArgs, RecurrentLayer } from './recurrent-layer.js';
import { GraftSimpleRNNCell } from './simple-rnn-cell.js';

export interface SimpleRNNArgs extends RecurrentArgs, RecurrentCellArgs {}

/** See {@link simpleRNN}. */
export class GraftSimpleRNN extends RecurrentLayer {
  static readonly className = 'GraftSimpleRNN';

  constructor(args: SimpleRNNArgs) {
    super(args, new GraftSimpleRNNCell(cellArgs(args, 'simple_rnn_cell')));
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...this.cell.getConfig(), ...super.getConfig() };
  }
}

/**
 * Keras's SimpleRNN: `rnn` of a `simpleRNNCell`.
 *
 * @throws GraftError when `units` is no positive integer, or a rate is not ≥ 0 and < 1
 * @example
 * import { simpleRNN } from '@graftjs/layers';
 * simpleRNN({ units: 8, activation: 'relu', returnSequences: true });
 */
export function simpleRNN(args: SimpleRNNArgs): GraftSimpleRNN {
  return new GraftSimpleRNN(args);
}
