"""The convolutions."""

from keras import layers

from .models import chain

CASES = [
    ("Conv2D", chain((5, 6, 2), lambda: layers.Conv2D(3, (2, 3), strides=2, activation="relu"))),
    ("Conv2D: same", chain((5, 6, 2), lambda: layers.Conv2D(3, 3, padding="same", use_bias=False))),
    ("DepthwiseConv2D", chain((5, 6, 2), lambda: layers.DepthwiseConv2D(3, activation="relu6"))),
]
