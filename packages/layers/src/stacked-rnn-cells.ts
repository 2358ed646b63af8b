// Keras's StackedRNNCells: several cells as one.

import { invalidArgument } from '@graftjs/core';
import type * as tf from '@tensorflow/tfjs-core';
import { CompositeLayer } from './composite-layer.js';
import { type LayerArgs, oneShape, type Shape } from './inputs.js';
import { configOf, layerFromConfig } from './layer-from-config.js';
import { RecurrentCell } from './recurrent-cell.js';

export interface StackedRNNCellsArgs extends LayerArgs {
  /** Each takes the output of the one before it. */
  cells: readonly RecurrentCell[];
}

/** See {@link stackedRNNCells}. */
export class GraftStackedRNNCells extends CompositeLayer {
  static readonly className = 'GraftStackedRNNCells';
  readonly cells: readonly RecurrentCell[];

  constructor(args: StackedRNNCellsArgs) {
    super(args);
    const isCells = args.cells.length > 0 && args.cells.every((c) => c instanceof RecurrentCell);
    if (!isCells) throw invalidArgument('cells', 'one or several cells', args.cells);
    this.cells = [...args.cells];
  }

  get innerLayers(): readonly RecurrentCell[] {
    return this.cells;
  }

  override build(inputShape: Shape | Shape[]): void {
    let shape = oneShape(inputShape);
    for (const cell of this.cells) {
      this.buildInner(cell, shape);
      shape = cell.computeOutputShape(shape);
    }
    this.adoptWeights();
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    return (this.cells.at(-1) as RecurrentCell).computeOutputShape(inputShape);
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), cells: this.cells.map(configOf) };
  }

  static override fromConfig<T extends tf.serialization.Serializable>(
    cls: tf.serialization.SerializableConstructor<T>,
    config: tf.serialization.ConfigDict,
  ): T {
    const cells = (config.cells as unknown[]).map((cell) => layerFromConfig(cell));
    return new cls({ ...config, cells });
  }
}

/**
 * Keras's StackedRNNCells, a cell of `rnn` made of several, each of which takes the output of the one before it.
 *
 * @throws GraftError when there is no cell
 * @example
 * import { gruCell, lstmCell, rnn, stackedRNNCells } from '@graftjs/layers';
 * rnn({ cell: stackedRNNCells({ cells: [lstmCell({ units: 8 }), gruCell({ units: 4 })] }) });
 */
export function stackedRNNCells(args: StackedRNNCellsArgs): GraftStackedRNNCells {
  return new GraftStackedRNNCells(args);
}
