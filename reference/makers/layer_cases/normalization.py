"""The normalizations."""

from keras import layers

from .models import chain


def norm(**settings):
    return lambda: layers.BatchNormalization(**settings)


CASES = [
    ("BatchNormalization", chain((3, 4, 2), norm())),
    ("BatchNormalization: rank 2", chain((5,), norm(momentum=0.9, epsilon=1e-2))),
    ("BatchNormalization: rank 3", chain((4, 3), norm())),
    ("BatchNormalization: rank 5", chain((2, 3, 2, 2), norm())),
    ("BatchNormalization: axis 1", chain((2, 3, 4), norm(axis=1))),
    ("BatchNormalization: no scale", chain((3, 2, 2), norm(scale=False))),
    ("BatchNormalization: no center", chain((3, 2, 2), norm(center=False))),
    ("BatchNormalization: frozen", chain((3, 2, 2), norm(trainable=False))),
    ("BatchNormalization: one example a channel", chain((2,), lambda: layers.Reshape((1, 2)), norm())),
    ("GroupNormalization", chain((2, 3, 4), lambda: layers.GroupNormalization(2))),
    ("GroupNormalization: a group a channel", chain((3, 2), lambda: layers.GroupNormalization(-1, scale=False))),
    ("GroupNormalization: axis 1", chain((4, 3, 2), lambda: layers.GroupNormalization(2, axis=1, epsilon=0.1))),
    ("LayerNormalization", chain((3, 4), lambda: layers.LayerNormalization())),
    ("LayerNormalization: several axes", chain((2, 3, 2), lambda: layers.LayerNormalization(axis=[1, 3]))),
    ("LayerNormalization: no center", chain((2, 4), lambda: layers.LayerNormalization(axis=1, center=False))),
    ("RMSNormalization", chain((3, 4), lambda: layers.RMSNormalization(epsilon=0.1))),
    ("UnitNormalization", chain((3, 4), lambda: layers.UnitNormalization())),
    ("UnitNormalization: several axes", chain((2, 3, 2), lambda: layers.UnitNormalization(axis=[1, 2]))),
]
