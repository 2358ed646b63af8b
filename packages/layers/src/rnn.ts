// Keras's RNN: a recurrent layer of any cell, or of several.

import { invalidArgument } from '@graftjs/core';
import type * as tf from '@tensorflow/tfjs-core';
import { configOf, layerFromConfig } from './layer-from-config.js';
import { RecurrentCell } from './recurrent-cell.js';
import { type RecurrentArgs, RecurrentLayer } from './recurrent-layer.js';
import { GraftStackedRNNCells } from './stacked-rnn-cells.js';

export interface RNNArgs extends RecurrentArgs {
  /** Of several, each takes the output of the one before it. */
  cell: RecurrentCell | readonly RecurrentCell[] | GraftStackedRNNCells;
}

/** See {@link rnn}. */
export class GraftRNN extends RecurrentLayer {
  static readonly className = 'GraftRNN';

  constructor(args: RNNArgs) {
    const { cell } = args;
    const one = isList(cell) ? new GraftStackedRNNCells({ cells: cell }) : cell;
    const isCell = one instanceof RecurrentCell || one instanceof GraftStackedRNNCells;
    if (!isCell) throw invalidArgument('cell', 'a cell, or several', cell);
    super(args, one);
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), cell: configOf(this.cell) };
  }

  static override fromConfig<T extends tf.serialization.Serializable>(
    cls: tf.serialization.SerializableConstructor<T>,
    config: tf.serialization.ConfigDict,
  ): T {
    return new cls({ ...config, cell: layerFromConfig(config.cell) });
  }
}

const isList = (cell: RNNArgs['cell']): cell is readonly RecurrentCell[] => Array.isArray(cell);

/**
 * Keras's RNN: runs a cell, or several, along a sequence [batch, steps, features], to [batch, units] or, with
 * `returnSequences`, [batch, steps, units]. A mask is heeded: a masked step changes no state. Called with a list, it takes
 * what stands behind the sequence for the initial states. It cannot be stateful.
 *
 * @throws GraftError when the input is no sequence
 * @example
 * import { gruCell, lstmCell, rnn } from '@graftjs/layers';
 * rnn({ cell: [lstmCell({ units: 8 }), gruCell({ units: 4 })], returnSequences: true });
 */
export function rnn(args: RNNArgs): GraftRNN {
  return new GraftRNN(args);
}
