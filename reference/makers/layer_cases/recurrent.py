"""Recurrent layers and their cells."""

import keras
from keras import initializers, layers

from .models import chain

SHAPE = (4, 2)


def masked(*made):
    """Layers after a mask: about a quarter of the steps are 0."""
    return chain((5, 2), lambda: layers.ReLU(), lambda: layers.Masking(), *made)


def with_states(make):
    """All outputs of a layer that gives its states, too."""

    def build():
        x = keras.Input(SHAPE, name="x")
        return keras.Model(x, make(name="layer")(x), name="model")

    return build


def passing_states(make, *before):
    """A layer that begins with the states that another one ends with."""

    def build():
        x = y = keras.Input(SHAPE, name="x")
        for layer in before:
            y = layer()(y)
        _, *states = make(return_state=True, name="encoder")(x)
        y = make(return_sequences=True, name="decoder")(y, initial_state=states)
        return keras.Model(x, y, name="model")

    return build


def simple(**settings):
    return lambda: layers.SimpleRNN(3, **settings)


def lstm(**settings):
    return lambda: layers.LSTM(3, **settings)


def gru(**settings):
    return lambda: layers.GRU(3, **settings)


SEQUENCES = {"return_sequences": True}
SETTINGS = {
    "recurrent_initializer": initializers.Orthogonal(gain=0.5),
    "kernel_regularizer": "l2",
    "recurrent_regularizer": keras.regularizers.L1(0.1),
    "bias_regularizer": "l1",
    "kernel_constraint": "max_norm",
    "recurrent_constraint": "unit_norm",
    "bias_constraint": "non_neg",
}

CASES = [
    ("SimpleRNN", chain(SHAPE, simple())),
    ("SimpleRNN: backwards", chain(SHAPE, simple(go_backwards=True, **SEQUENCES))),
    (
        "SimpleRNN: settings",
        chain(SHAPE, simple(**{**SETTINGS, "recurrent_initializer": initializers.Identity(gain=0.9)})),
    ),
    ("SimpleRNN: relu without bias", chain(SHAPE, simple(activation="relu", use_bias=False))),
    ("SimpleRNN: mask", masked(simple(**SEQUENCES), simple())),
    ("SimpleRNN: dropout", chain(SHAPE, simple(dropout=0.3, recurrent_dropout=0.2, seed=3))),
    ("LSTM", chain(SHAPE, lstm())),
    ("LSTM: sequences", chain(SHAPE, lstm(**SEQUENCES), lstm(go_backwards=True, **SEQUENCES))),
    ("LSTM: unrolled", chain(SHAPE, lstm(unroll=True, unit_forget_bias=False, use_bias=False))),
    ("LSTM: activations", chain(SHAPE, lstm(activation="relu", recurrent_activation="hard_sigmoid"))),
    ("LSTM: settings", chain(SHAPE, lstm(**SETTINGS))),
    ("LSTM: states", with_states(lambda name: layers.LSTM(3, return_state=True, name=name))),
    ("LSTM: initial states", passing_states(lambda **settings: layers.LSTM(3, **settings))),
    ("LSTM: mask", masked(lstm(**SEQUENCES), lstm(go_backwards=True))),
    ("LSTM: zeros where masked", masked(lstm(zero_output_for_mask=True, go_backwards=True, **SEQUENCES))),
    (
        "LSTM: mask of an embedding",
        chain((5,), lambda: layers.ReLU(), lambda: layers.Embedding(6, 2, mask_zero=True), lstm()),
    ),
    (
        "LSTM: mask that ends",
        masked(lstm(), lambda: layers.RepeatVector(3), lstm(**SEQUENCES)),
    ),
    ("LSTM: frozen", chain(SHAPE, lstm(trainable=False, **SEQUENCES), lstm())),
    ("LSTM: dropout", chain(SHAPE, lstm(dropout=0.3, recurrent_dropout=0.2, seed=3))),
    ("GRU", chain(SHAPE, gru())),
    ("GRU: reset before", chain(SHAPE, gru(reset_after=False, **SEQUENCES))),
    ("GRU: without bias", chain(SHAPE, gru(use_bias=False))),
    ("GRU: reset before, without bias", chain(SHAPE, gru(reset_after=False, use_bias=False))),
    ("GRU: activations", chain(SHAPE, gru(activation="elu", recurrent_activation="hard_sigmoid"))),
    ("GRU: states", with_states(lambda name: layers.GRU(3, return_state=True, name=name, **SEQUENCES))),
    (
        "GRU: initial state, mask",
        passing_states(lambda **settings: layers.GRU(3, **settings), layers.ReLU, layers.Masking),
    ),
    ("GRU: mask", masked(gru(reset_after=False, go_backwards=True, **SEQUENCES), gru())),
    ("GRU: dropout", chain(SHAPE, gru(dropout=0.3, seed=3))),
]

# With dropout.
RANDOM = {name for name, _ in CASES if name.endswith(": dropout")}
