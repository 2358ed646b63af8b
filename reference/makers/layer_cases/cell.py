"""Cells, and RNN, which takes any of them or several."""

from keras import layers

from .models import chain
from .recurrent import SEQUENCES, SHAPE, masked


def frozen_half():
    first, second = layers.LSTMCell(2, trainable=False), layers.GRUCell(2)
    return layers.RNN([first, second])


CASES = [
    ("RNN", chain(SHAPE, lambda: layers.RNN(layers.GRUCell(3, reset_after=False), **SEQUENCES))),
    ("RNN: backwards", chain(SHAPE, lambda: layers.RNN(layers.LSTMCell(3), go_backwards=True))),
    ("SimpleRNNCell", chain(SHAPE, lambda: layers.RNN(layers.SimpleRNNCell(3)))),
    ("LSTMCell", chain(SHAPE, lambda: layers.RNN(layers.LSTMCell(3)))),
    ("GRUCell", chain(SHAPE, lambda: layers.RNN(layers.GRUCell(3)))),
    (
        "StackedRNNCells",
        chain(
            SHAPE, lambda: layers.RNN([layers.GRUCell(3), layers.LSTMCell(2), layers.GRUCell(2)], **SEQUENCES)
        ),
    ),
    (
        "StackedRNNCells: mask",
        masked(lambda: layers.RNN([layers.LSTMCell(3), layers.SimpleRNNCell(2)], **SEQUENCES)),
    ),
    ("StackedRNNCells: half frozen", chain(SHAPE, frozen_half)),
]
