// Layers that have no form for prediction, and why.

const cell = 'a cell is run by the recurrent layer that it is in';

export const refused: Readonly<Record<string, string>> = {
  ConvLSTM2DCell: cell,
  GRUCell: cell,
  LSTMCell: cell,
  RandomWidth: 'it draws another size for each batch, also when it predicts',
  SimpleRNNCell: cell,
  StackedRNNCells: cell,
};
