"""Dense, Dropout, and what only changes a shape."""

from keras import layers

from .models import chain

CASES = [
    ("InputLayer", chain((3,), lambda: layers.Dense(2))),
    ("Dense", chain((4,), lambda: layers.Dense(3, activation="tanh"))),
    ("Dense: on images", chain((2, 3, 4), lambda: layers.Dense(3, use_bias=False))),
    ("EinsumDense", chain((4, 3), lambda: layers.EinsumDense("abc,cd->abd", (None, 5), bias_axes="d", activation="relu"))),
    ("EinsumDense: no bias", chain((4, 3), lambda: layers.EinsumDense("abc,bcde->ade", (2, 5)))),
    ("EinsumDense: elided left", chain((2, 3), lambda: layers.EinsumDense("...x,xy->...y", 4, bias_axes="y"))),
    ("EinsumDense: elided right", chain((3, 2), lambda: layers.EinsumDense("ab...,bc->ac...", 4, bias_axes="c"))),
    ("EinsumDense: elementwise", chain((3, 2), lambda: layers.EinsumDense("abc,bc->ab", 3, bias_axes="b"))),
    ("Identity", chain((2, 3), lambda: layers.Identity())),
    ("Flatten", chain((2, 3), lambda: layers.Flatten())),
    ("Flatten: channels first", chain((2, 3, 2), lambda: layers.Flatten(data_format="channels_first"))),
    ("Reshape", chain((6,), lambda: layers.Reshape((3, 2)))),
    ("Reshape: inferred", chain((6,), lambda: layers.Reshape((-1, 2)))),
    ("Dropout", chain((4,), lambda: layers.Dropout(0.5, seed=1))),
]
