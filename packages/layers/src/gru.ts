// Keras's GRU in both of its forms.

import type * as tf from '@tensorflow/tfjs-core';
import { GraftGRUCell, type GRUCellArgs } from './gru-cell.js';
import { cellArgs, type RecurrentArgs, RecurrentLayer } from './recurrent-layer.js';

export interface GRUArgs extends RecurrentArgs, GRUCellArgs {}

/** See {@link gru}. */
export class GraftGRU extends RecurrentLayer {
  static readonly className = 'GraftGRU';

  constructor(args: GRUArgs) {
    super(args, new GraftGRUCell(cellArgs(args, 'gru_cell')));
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...this.cell.getConfig(), ...super.getConfig() };
  }
}

/**
 * Keras's GRU: `rnn` of a `gruCell`.
 *
 * @throws GraftError when `units` is no positive integer, or a rate is not ≥ 0 and < 1
 * @example
 * import { gru } from '@graftjs/layers';
 * gru({ units: 8, resetAfter: false });
 */
export function gru(args: GRUArgs): GraftGRU {
  return new GraftGRU(args);
}
