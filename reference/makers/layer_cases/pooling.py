"""Pooling."""

from keras import layers

from .models import chain


def every_global(average, maximum, shape):
    first = {"data_format": "channels_first"}
    for make in (average, maximum):
        name = make.__name__
        yield name, chain(shape, lambda make=make: make())
        yield f"{name}: keepdims", chain(shape, lambda make=make: make(keepdims=True))
        yield f"{name}: channels first", chain(shape, lambda make=make: make(keepdims=True, **first))


CASES = [
    ("MaxPooling1D", chain((5, 2), lambda: layers.MaxPooling1D(2))),
    ("MaxPooling1D: same", chain((5, 2), lambda: layers.MaxPooling1D(3, strides=2, padding="same"))),
    ("MaxPooling2D", chain((5, 6, 2), lambda: layers.MaxPooling2D((2, 3)))),
    ("MaxPooling2D: same", chain((5, 6, 2), lambda: layers.MaxPooling2D(3, strides=2, padding="same"))),
    ("MaxPooling3D", chain((2, 3, 4, 1), lambda: layers.MaxPooling3D(2))),
    ("AveragePooling1D", chain((5, 2), lambda: layers.AveragePooling1D(2))),
    (
        "AveragePooling1D: same",
        chain((5, 2), lambda: layers.AveragePooling1D(3, strides=2, padding="same")),
    ),
    ("AveragePooling2D", chain((5, 6, 2), lambda: layers.AveragePooling2D((2, 3)))),
    (
        "AveragePooling2D: same",
        chain((5, 6, 2), lambda: layers.AveragePooling2D(3, strides=2, padding="same")),
    ),
    ("AveragePooling3D", chain((2, 3, 4, 1), lambda: layers.AveragePooling3D(2))),
    (
        "AveragePooling3D: same",
        chain((2, 3, 3, 1), lambda: layers.AveragePooling3D(2, strides=1, padding="same")),
    ),
    (
        "AveragePooling1D: channels first",
        chain((2, 5), lambda: layers.AveragePooling1D(2, data_format="channels_first")),
    ),
    *every_global(layers.GlobalAveragePooling1D, layers.GlobalMaxPooling1D, (4, 2)),
    *every_global(layers.GlobalAveragePooling2D, layers.GlobalMaxPooling2D, (2, 3, 2)),
    *every_global(layers.GlobalAveragePooling3D, layers.GlobalMaxPooling3D, (2, 1, 2, 2)),
]
