"""EfficientNet-Lite0, which Keras lacks, written in Keras as its EfficientNets are, with their names."""

import keras
from keras import layers
from keras.src.applications.convnext import StochasticDepth

from .model import Model

# Kernel size, stride, expansion, filters and number of blocks of each stage: efficientnet_lite_builder.py of its authors.
STAGES = [
    (3, 1, 1, 16, 1),
    (3, 2, 6, 24, 2),
    (5, 2, 6, 40, 2),
    (3, 2, 6, 80, 3),
    (5, 1, 6, 112, 3),
    (5, 2, 6, 192, 4),
    (3, 1, 6, 320, 1),
]


def efficientnet_lite0(
    include_top=True,
    weights=None,
    input_shape=None,
    pooling=None,
    classes=1000,
    classifier_activation="softmax",
    dropout=0.2,
    drop_connect=0.2,
):
    image = keras.Input(input_shape or ((224, 224, 3) if include_top else (None, None, 3)))
    x = layers.Conv2D(32, 3, strides=2, padding="same", use_bias=False, name="stem_conv")(image)
    x = layers.BatchNormalization(name="stem_bn")(x)
    x = layers.ReLU(6, name="stem_activation")(x)
    number = 0
    for stage, (size, stride, expansion, filters, blocks) in enumerate(STAGES, start=1):
        for k in range(blocks):
            drop = drop_connect * number / sum(stage[-1] for stage in STAGES)
            x = block(x, f"block{stage}{chr(97 + k)}_", size, 1 if k else stride, expansion, filters, drop)
            number += 1
    x = layers.Conv2D(1280, 1, padding="same", use_bias=False, name="top_conv")(x)
    x = layers.BatchNormalization(name="top_bn")(x)
    x = layers.ReLU(6, name="top_activation")(x)
    if include_top:
        x = layers.GlobalAveragePooling2D(name="avg_pool")(x)
        x = layers.Dropout(dropout, name="top_dropout")(x)
        x = layers.Dense(classes, activation=classifier_activation, name="predictions")(x)
    elif pooling == "avg":
        x = layers.GlobalAveragePooling2D(name="avg_pool")(x)
    elif pooling == "max":
        x = layers.GlobalMaxPooling2D(name="max_pool")(x)
    return keras.Model(image, x, name="efficientnet-lite0")


def block(inputs, name, size, stride, expansion, filters, drop):
    x = inputs
    if expansion > 1:
        x = layers.Conv2D(
            inputs.shape[-1] * expansion, 1, padding="same", use_bias=False, name=f"{name}expand_conv"
        )(x)
        x = layers.BatchNormalization(name=f"{name}expand_bn")(x)
        x = layers.ReLU(6, name=f"{name}expand_activation")(x)
    x = layers.DepthwiseConv2D(size, strides=stride, padding="same", use_bias=False, name=f"{name}dwconv")(x)
    x = layers.BatchNormalization(name=f"{name}bn")(x)
    x = layers.ReLU(6, name=f"{name}activation")(x)
    x = layers.Conv2D(filters, 1, padding="same", use_bias=False, name=f"{name}project_conv")(x)
    x = layers.BatchNormalization(name=f"{name}project_bn")(x)
    if stride == 1 and inputs.shape[-1] == filters:
        x = StochasticDepth(drop, name=f"{name}drop")(x)
        x = layers.Add(name=f"{name}add")([x, inputs])
    return x


MODELS = {
    "efficientNetLite0": Model(
        efficientnet_lite0,
        sizes=(32, 75),
        training_size=64,
        training={"dropout": 0.0, "drop_connect": 0.0},
    ),
}
