"""Small models saved by Keras as .h5, each with an input and what the model answers."""

import keras
import numpy as np
from keras import layers

from .numbers import flat, inputs, write_json

SEED = 5


def mlp():
    return keras.Sequential(
        [
            keras.Input((28, 28), name="pixels"),
            layers.Flatten(name="flat"),
            layers.Dense(10, activation="selu", kernel_initializer="lecun_normal", name="hidden"),
            layers.Dropout(0.2, name="dropout"),
            layers.Dense(4, activation="softmax", name="classes"),
        ],
        name="mlp",
    )


def cnn():
    """Two branches whose weights have the same shapes, so that a swap shows only in what the model answers."""
    image = keras.Input((12, 12, 3), name="image")
    x = layers.ZeroPadding2D(((0, 1), (1, 0)), name="pad")(image)
    x = layers.Conv2D(6, 3, strides=2, use_bias=False, name="stem")(x)
    x = layers.BatchNormalization(epsilon=1e-4, momentum=0.9, name="stem_bn")(x)
    x = layers.ReLU(max_value=6.0, name="stem_relu")(x)
    left = layers.DepthwiseConv2D(
        3,
        padding="same",
        depthwise_regularizer=keras.regularizers.L1(1e-4),
        depthwise_constraint=keras.constraints.MinMaxNorm(0.1, 2.0, rate=0.5, axis=[0, 1]),
        name="left",
    )(x)
    right = layers.DepthwiseConv2D(3, padding="same", name="right")(x)
    left = layers.BatchNormalization(scale=False, name="left_bn")(left)
    right = layers.BatchNormalization(center=False, name="right_bn")(right)
    x = layers.Add(name="add")([right, left])
    x = layers.Concatenate(name="concatenate")([x, left, right])
    x = layers.Conv2D(
        5,
        (2, 3),
        dilation_rate=2,
        padding="same",
        activation="elu",
        kernel_regularizer=keras.regularizers.L1L2(1e-4, 1e-3),
        kernel_constraint=keras.constraints.MaxNorm(1.5, axis=[0, 1, 2]),
        name="mix",
    )(x)
    peaks = layers.GlobalMaxPooling2D(name="peaks")(layers.MaxPooling2D(2, name="max")(x))
    means = layers.AveragePooling2D(3, strides=1, padding="same", name="mean")(x)
    means = layers.GlobalAveragePooling2D(name="means")(means)
    x = layers.Concatenate(name="features")([peaks, means])
    x = layers.Reshape((2, 5), name="fold")(x)
    x = layers.Activation("tanh", name="squash")(x)
    x = layers.Flatten(name="unfold")(x)
    x = layers.Dense(
        6,
        bias_constraint=keras.constraints.NonNeg(),
        kernel_constraint=keras.constraints.UnitNorm(axis=0),
        name="dense",
    )(x)
    return keras.Model(image, layers.Softmax(name="softmax")(x), name="cnn")


def nested():
    """A half-frozen model and a frozen one within a model, one of them called twice, and two inputs and outputs."""
    first, second = keras.Input((6,), name="first"), keras.Input((6,), name="second")
    at = keras.Input((6,), name="at")
    x = layers.Dense(6, activation="tanh", name="a")(at)
    x = layers.BatchNormalization(name="a_bn")(x)
    shared = keras.Model(at, layers.Dense(6, name="b")(x), name="shared")
    shared.get_layer("a").trainable = False
    frozen = keras.Sequential(
        [
            keras.Input((6,), name="start"),
            layers.Dense(6, name="a"),
            layers.BatchNormalization(name="a_bn"),
        ],
        name="frozen",
    )
    frozen.trainable = False
    tail = layers.Dense(6, name="tail")
    outer = keras.Sequential([keras.Input((6,), name="begin"), frozen, tail], name="outer")
    left, right = shared(first), outer(shared(second))
    sum_ = layers.Add(name="sum")([left, right])
    outputs = [layers.Dense(2, name="head")(sum_), shared(right)]
    return keras.Model([first, second], outputs, name="nested")


def activations():
    """Every activation that means the same here and there."""
    names = "elu gelu linear log_softmax mish relu relu6 selu sigmoid silu softmax softplus softsign tanh"
    x = keras.Input((7,), name="x")
    outputs = [layers.Activation(name, name=f"as_{name}")(x) for name in names.split()]
    return keras.Model(x, layers.Concatenate(name="all")(outputs), name="activations")


def plain_layers(model):
    """The layers that hold weights, those of models within the model too."""
    for layer in model.layers:
        yield from plain_layers(layer) if isinstance(layer, keras.Model) else [layer]


def initialise(model, random):
    for layer in plain_layers(model):
        for weight in layer.weights:
            # Answers in the middle of the range show errors that saturated ones hide.
            fan_in = np.prod(weight.shape[:-1])
            value = inputs(random, *weight.shape, scale=fan_in**-0.5)
            if weight.name in ("gamma", "moving_variance"):
                value = 0.5 + np.abs(value)
            weight.assign(value)


def make(folder):
    for build in (mlp, cnn, nested, activations):
        random = np.random.RandomState(SEED)
        model = build()
        initialise(model, random)
        model.save(folder / f"{model.name}.h5")
        x = [inputs(random, 3, *tensor.shape[1:]) for tensor in model.inputs]
        y = model.predict(x if len(x) > 1 else x[0], verbose=0)
        write_json(
            folder / f"{model.name}.json",
            {
                "inputs": [described(array) for array in x],
                "outputs": [described(array) for array in (y if isinstance(y, list) else [y])],
                "trainable": [weight.path for weight in model.trainable_weights],
            },
        )


def described(array):
    return {"shape": list(array.shape), "values": flat(array)}
