"""Convolutions of volumes, and the transposed ones. TensorFlow transposes none with a dilation on every CPU."""

from keras import layers

from .convolution import made
from .models import chain

VOLUME = (3, 4, 3, 2)


def one(*args, **settings):
    return chain((4, 2), made(layers.Conv1DTranspose, *args, **settings))


def two(*args, **settings):
    return chain((2, 3, 2), made(layers.Conv2DTranspose, *args, **settings))


def three(*args, **settings):
    return chain((2, 2, 3, 2), made(layers.Conv3DTranspose, *args, **settings))


CASES = [
    ("Conv3D", chain(VOLUME, made(layers.Conv3D, 2, (2, 3, 2), activation="tanh"))),
    ("Conv3D: strides, same", chain(VOLUME, made(layers.Conv3D, 2, (2, 3, 1), strides=(2, 1, 2), padding="same"))),
    ("Conv3D: groups", chain(VOLUME, made(layers.Conv3D, 4, 2, groups=2, strides=2, padding="same"))),
    ("Conv3D: dilated", chain((5, 4, 3, 1), made(layers.Conv3D, 2, 2, dilation_rate=(3, 2, 1), padding="same"))),
    ("Conv3D: dilated, valid", chain((5, 4, 3, 1), made(layers.Conv3D, 1, 2, dilation_rate=2))),
    ("Conv1DTranspose", one(3, 3, strides=2, activation="tanh")),
    ("Conv1DTranspose: same", one(2, 3, strides=2, padding="same", use_bias=False)),
    ("Conv1DTranspose: wide strides", one(2, 2, strides=3)),
    ("Conv1DTranspose: output_padding", one(2, 3, strides=3, padding="same", output_padding=2)),
    ("Conv2DTranspose: output_padding", two(2, 3, strides=2, padding="same", output_padding=(0, 1))),
    ("Conv2DTranspose: output_padding, valid", two(2, (2, 3), strides=3, output_padding=(2, 0))),
    ("Conv3DTranspose", three(2, 2, activation="relu")),
    ("Conv3DTranspose: strides, same", three(1, (3, 2, 3), strides=(2, 3, 1), padding="same")),
    ("Conv3DTranspose: wide strides", three(1, (1, 2, 2), strides=(3, 1, 2), use_bias=False)),
    ("Conv3DTranspose: output_padding", three(1, 3, strides=2, padding="same", output_padding=(1, 0, 1))),
]
