// The layers that a layer is made of and has in its config: where they stand there, and where their weights do. Knows no tfjs.

import { camelCase } from './snake-case.js';

/** By class: the field of the config → the folder of the weights. Cells are a list, each in a folder of its own within. */
const innerFields: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  RNN: { cell: 'cell' },
  StackedRNNCells: { cells: 'cells' },
  TimeDistributed: { layer: 'layer' },
  Bidirectional: { layer: 'forward_layer', backward_layer: 'backward_layer' },
};

/** Layers with a cell that their config does not name, since it has the same settings: what Keras calls the cell. */
const ownCells: Readonly<Record<string, string>> = {
  SimpleRNN: 'SimpleRNNCell',
  LSTM: 'LSTMCell',
  GRU: 'GRUCell',
};

/** One of the layers that a layer is made of, or a list of them. */
export interface InnerField {
  /** The field of the config: `backward_layer`. */
  readonly field: string;
  /** The folder of its weights in that of the layer: `forward_layer`. */
  readonly folder: string;
  /** The property of a layer in tfjs: `forwardLayer`. */
  readonly property: string;
}

/** @param className of Keras */
export function innerFieldsOf(className: string): readonly InnerField[] {
  const fields = Object.hasOwn(innerFields, className) ? innerFields[className] : undefined;
  return Object.entries(fields ?? {}).map(([field, folder]) => ({
    ...{ field, folder },
    property: camelCase(folder),
  }));
}

/** Keras's class of the cell that is nowhere in the config of a layer; undefined for other layers. */
export function ownCellOf(className: string): string | undefined {
  return Object.hasOwn(ownCells, className) ? ownCells[className] : undefined;
}
