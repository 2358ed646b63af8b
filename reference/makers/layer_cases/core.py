"""Dense, Dropout, and what only changes a shape."""

from keras import layers

from .models import chain

CASES = [
    ("InputLayer", chain((3,), lambda: layers.Dense(2))),
    ("Dense", chain((4,), lambda: layers.Dense(3, activation="tanh"))),
    ("Dense: on images", chain((2, 3, 4), lambda: layers.Dense(3, use_bias=False))),
    ("Flatten", chain((2, 3), lambda: layers.Flatten())),
    ("Flatten: channels first", chain((2, 3, 2), lambda: layers.Flatten(data_format="channels_first"))),
    ("Reshape", chain((6,), lambda: layers.Reshape((3, 2)))),
    ("Reshape: inferred", chain((6,), lambda: layers.Reshape((-1, 2)))),
    ("Dropout", chain((4,), lambda: layers.Dropout(0.5, seed=1))),
]
