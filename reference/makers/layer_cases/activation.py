"""Activations as layers."""

from keras import layers

from .models import chain

CASES = [
    ("Activation", chain((5,), lambda: layers.Activation("selu"))),
    ("ReLU", chain((5,), lambda: layers.ReLU(max_value=0.7))),
    ("Softmax", chain((5,), lambda: layers.Softmax())),
]
