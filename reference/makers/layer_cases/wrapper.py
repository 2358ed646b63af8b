"""Layers made of another one: in both directions, or step by step."""

import keras
from keras import layers

from .models import chain
from .recurrent import SEQUENCES, SHAPE, masked, with_states


def both(merge_mode="concat", layer=layers.LSTM, units=2, **settings):
    return lambda: layers.Bidirectional(layer(units, **settings), merge_mode=merge_mode)


def two_outputs():
    x = keras.Input(SHAPE, name="x")
    return keras.Model(x, both(None, **SEQUENCES)()(x), name="model")


def with_both_states(name):
    return layers.Bidirectional(layers.LSTM(2, return_state=True, **SEQUENCES), name=name)


def passing_both_states():
    x = keras.Input(SHAPE, name="x")
    _, *states = layers.Bidirectional(layers.GRU(2, return_state=True), name="encoder")(x)
    y = layers.Bidirectional(layers.GRU(2), name="decoder")(x, initial_state=states)
    return keras.Model(x, y, name="model")


def other_backward():
    forward = layers.LSTM(2, return_sequences=True)
    backward = layers.GRU(3, return_sequences=True, go_backwards=True, trainable=False)
    return layers.Bidirectional(forward, backward_layer=backward)


def stacked():
    return layers.Bidirectional(layers.RNN([layers.GRUCell(3), layers.LSTMCell(2)], **SEQUENCES))


def steps(layer):
    return lambda: layers.TimeDistributed(layer())


def small_model(frozen=False):
    def build():
        x = keras.Input((2,), name="in")
        y = layers.Dense(3, activation="tanh", name="a")(x)
        y = layers.BatchNormalization(name="bn")(y)
        model = keras.Model(x, layers.Dense(2, name="b")(y), name="inner")
        model.trainable = not frozen
        return model

    return build


def chained_model():
    return keras.Sequential([keras.Input((2,), name="in"), layers.Dense(3), layers.BatchNormalization()])


def within():
    """Recurrent layers and wrappers in a model within the model."""
    x = keras.Input(SHAPE, name="in")
    y = layers.GRU(3, return_sequences=True, name="gru")(x)
    y = layers.TimeDistributed(layers.BatchNormalization(), name="steps")(y)
    inner = keras.Model(x, layers.Bidirectional(layers.SimpleRNN(2), name="both")(y), name="inner")
    inner.get_layer("steps").trainable = False
    start = keras.Input(SHAPE, name="x")
    return keras.Model(start, inner(start), name="model")


CASES = [
    ("Bidirectional", chain(SHAPE, both())),
    ("Bidirectional: sum", chain(SHAPE, both("sum", layers.GRU, **SEQUENCES))),
    ("Bidirectional: mul", chain(SHAPE, both("mul"))),
    ("Bidirectional: ave", chain(SHAPE, both("ave", layers.SimpleRNN))),
    ("Bidirectional: both outputs", two_outputs),
    ("Bidirectional: sequences", chain(SHAPE, both(**SEQUENCES), both())),
    ("Bidirectional: states", with_states(with_both_states)),
    ("Bidirectional: initial states", passing_both_states),
    ("Bidirectional: mask", masked(both(**SEQUENCES), both(layer=layers.GRU))),
    ("Bidirectional: other backward layer", chain(SHAPE, other_backward)),
    ("Bidirectional: stacked cells", chain(SHAPE, stacked)),
    ("TimeDistributed", chain(SHAPE, steps(lambda: layers.Dense(3, activation="relu")))),
    ("TimeDistributed: Conv2D", chain((2, 4, 4, 2), steps(lambda: layers.Conv2D(2, 3)))),
    ("TimeDistributed: BatchNormalization", chain(SHAPE, steps(layers.BatchNormalization))),
    (
        "TimeDistributed: frozen BatchNormalization",
        chain(SHAPE, steps(lambda: layers.BatchNormalization(trainable=False)), steps(lambda: layers.Dense(2))),
    ),
    ("TimeDistributed: model", chain(SHAPE, steps(small_model()))),
    ("TimeDistributed: frozen model", chain(SHAPE, steps(small_model(frozen=True)), steps(lambda: layers.Dense(2)))),
    ("TimeDistributed: Sequential", chain(SHAPE, steps(chained_model))),
    ("TimeDistributed: Bidirectional", chain((3, 4, 2), steps(both()))),
    (
        "TimeDistributed: mask",
        chain((3, 4, 2), lambda: layers.ReLU(), lambda: layers.Masking(), steps(lambda: layers.LSTM(2))),
    ),
    ("TimeDistributed: in a model", within),
]
