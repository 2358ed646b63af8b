"""Activations as layers."""

import keras
from keras import layers

from .models import chain

NAMES = """linear celu elu exponential gelu hard_shrink hard_sigmoid hard_silu hard_tanh leaky_relu log_sigmoid
log_softmax mish relu relu6 selu sigmoid silu soft_shrink softmax softplus softsign sparse_plus sparse_sigmoid
squareplus tanh tanh_shrink""".split()


def every_activation():
    """By all names, each an output."""
    x = keras.Input((5,), name="x")
    return keras.Model(x, [layers.Activation(name, name=name)(x) for name in NAMES], name="model")


CASES = [
    ("Activation", every_activation),
    ("Activation: glu", chain((3, 6), lambda: layers.Activation("glu"))),
    ("ReLU", chain((5,), lambda: layers.ReLU())),
    ("ReLU: capped", chain((5,), lambda: layers.ReLU(max_value=0.7))),
    ("ReLU: slope", chain((5,), lambda: layers.ReLU(negative_slope=0.1))),
    (
        "ReLU: slope and threshold",
        chain((5,), lambda: layers.ReLU(max_value=0.9, negative_slope=0.1, threshold=0.2)),
    ),
    ("LeakyReLU", chain((5,), lambda: layers.LeakyReLU())),
    ("LeakyReLU: slope", chain((5,), lambda: layers.LeakyReLU(negative_slope=0.05))),
    ("ELU", chain((5,), lambda: layers.ELU())),
    ("ELU: alpha", chain((5,), lambda: layers.ELU(alpha=0.4))),
    ("PReLU", chain((5,), lambda: layers.PReLU())),
    ("PReLU: shared axes", chain((2, 3, 4), lambda: layers.PReLU(shared_axes=[1, 2]))),
    ("Softmax", chain((5,), lambda: layers.Softmax())),
    ("Softmax: inner axis", chain((4, 3), lambda: layers.Softmax(axis=1))),
]
