// Keras's LSTM; that of tfjs-layers has other defaults, does not penalise its weights, and keeps its output where masked.

import type * as tf from '@tensorflow/tfjs-core';
import { GraftLSTMCell, type LSTMCellArgs } from './lstm-cell.js';
import { cellArgs, type RecurrentArgs, RecurrentLayer } from './recurrent-layer.js';

export interface LSTMArgs extends RecurrentArgs, LSTMCellArgs {}

/** See {@link lstm}. */
export class GraftLSTM extends RecurrentLayer {
  static readonly className = 'GraftLSTM';

  constructor(args: LSTMArgs) {
    super(args, new GraftLSTMCell(cellArgs(args, 'lstm_cell')));
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...this.cell.getConfig(), ...super.getConfig() };
  }
}

/**
 * Keras's LSTM: `rnn` of an `lstmCell`.
 *
 * @throws GraftError when `units` is no positive integer, or a rate is not ≥ 0 and < 1
 * @example
 * import { lstm } from '@graftjs/layers';
 * lstm({ units: 8, returnSequences: true, recurrentDropout: 0.2 });
 */
export function lstm(args: LSTMArgs): GraftLSTM {
  return new GraftLSTM(args);
}
