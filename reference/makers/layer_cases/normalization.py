"""The normalizations."""

from keras import layers

from .models import chain

CASES = [
    ("BatchNormalization", chain((3, 4, 2), lambda: layers.BatchNormalization())),
    ("BatchNormalization: rank 2", chain((5,), lambda: layers.BatchNormalization(momentum=0.9, epsilon=1e-2))),
]
