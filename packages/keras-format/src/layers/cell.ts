// Cells, and RNN, which takes any of them or several. Their cells are said in inner-layers.ts.

import { gruCell, lstmCell, rnn, simpleRNNCell, stackedRNNCells } from '@graftjs/layers';
import { entry, type LayerClasses } from './layer-class.js';
import { cellFields, sequence, withStates } from './recurrent.js';

export const cellLayers: LayerClasses = {
  RNN: entry(rnn, sequence, withStates),
  SimpleRNNCell: entry(simpleRNNCell, cellFields.simple),
  LSTMCell: entry(lstmCell, cellFields.lstm),
  GRUCell: entry(gruCell, cellFields.gru),
  StackedRNNCells: entry(stackedRNNCells, {}),
};
