"""Pooling, and padding of images."""

from keras import layers

from .models import chain

CASES = [
    ("MaxPooling2D", chain((5, 6, 2), lambda: layers.MaxPooling2D((2, 3)))),
    ("MaxPooling2D: same", chain((5, 6, 2), lambda: layers.MaxPooling2D(3, strides=2, padding="same"))),
    ("AveragePooling2D", chain((5, 6, 2), lambda: layers.AveragePooling2D((2, 3)))),
    ("GlobalAveragePooling2D", chain((3, 4, 2), lambda: layers.GlobalAveragePooling2D())),
    ("GlobalMaxPooling2D", chain((3, 4, 2), lambda: layers.GlobalMaxPooling2D())),
    ("ZeroPadding2D", chain((2, 3, 2), lambda: layers.ZeroPadding2D(((1, 0), (2, 1))))),
]
