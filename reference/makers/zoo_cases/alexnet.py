"""AlexNet, which Keras lacks, written in Keras from the textbooks' table of its layers."""

import keras
from keras import layers, ops

from .model import Model


class LocalResponseNormalization(layers.Layer):
    """x / (bias + alpha * sum of the squares in the channels up to `radius` away) ** beta; TensorFlow's op has no float64."""

    def call(self, x, radius=2, bias=2, alpha=1e-4, beta=0.75):
        channels = x.shape[-1]
        squares = ops.pad(ops.square(x), [(0, 0)] * 3 + [(radius, radius)])
        total = sum(squares[..., i : i + channels] for i in range(2 * radius + 1))
        return x / ops.power(bias + alpha * total, beta)


def alexnet(
    include_top=True,
    weights=None,
    input_shape=None,
    pooling=None,
    classes=1000,
    classifier_activation="softmax",
    dropout=0.5,
):
    image = keras.Input(input_shape or ((227, 227, 3) if include_top else (None, None, 3)))
    x = layers.Conv2D(96, 11, strides=4, activation="relu", name="c1")(image)
    x = LocalResponseNormalization(name="c1_lrn")(x)
    x = layers.MaxPooling2D(3, strides=2, name="s2")(x)
    x = layers.Conv2D(256, 5, padding="same", activation="relu", name="c3")(x)
    x = LocalResponseNormalization(name="c3_lrn")(x)
    x = layers.MaxPooling2D(3, strides=2, name="s4")(x)
    x = layers.Conv2D(384, 3, padding="same", activation="relu", name="c5")(x)
    x = layers.Conv2D(384, 3, padding="same", activation="relu", name="c6")(x)
    x = layers.Conv2D(256, 3, padding="same", activation="relu", name="c7")(x)
    x = layers.MaxPooling2D(3, strides=2, name="s8")(x)
    if include_top:
        x = layers.Flatten(name="flatten")(x)
        x = layers.Dense(4096, activation="relu", name="f9")(x)
        x = layers.Dropout(dropout, name="f9_dropout")(x)
        x = layers.Dense(4096, activation="relu", name="f10")(x)
        x = layers.Dropout(dropout, name="f10_dropout")(x)
        x = layers.Dense(classes, activation=classifier_activation, name="predictions")(x)
    elif pooling == "avg":
        x = layers.GlobalAveragePooling2D()(x)
    elif pooling == "max":
        x = layers.GlobalMaxPooling2D()(x)
    return keras.Model(image, x, name="alexnet")


MODELS = {"alexNet": Model(alexnet, sizes=(67, 99), training_size=99, training={"dropout": 0.0})}
