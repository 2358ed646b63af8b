"""The convolutions."""

from keras import layers

from .models import chain

IMAGE, SEQUENCE = (4, 5, 2), (6, 2)


def made(layer, *args, **settings):
    return lambda: layer(*args, **settings)


CASES = [
    ("Conv1D", chain(SEQUENCE, made(layers.Conv1D, 3, 2, strides=2, activation="tanh"))),
    ("Conv1D: causal", chain(SEQUENCE, made(layers.Conv1D, 3, 3, padding="causal"))),
    ("Conv1D: causal, dilated", chain(SEQUENCE, made(layers.Conv1D, 2, 3, padding="causal", dilation_rate=2))),
    ("Conv1D: groups", chain((5, 4), made(layers.Conv1D, 4, 2, padding="same", groups=2))),
    ("Conv2D", chain(IMAGE, made(layers.Conv2D, 3, (2, 3), strides=2, activation="relu"))),
    ("Conv2D: same", chain(IMAGE, made(layers.Conv2D, 3, 3, padding="same", use_bias=False))),
    ("Conv2D: dilated", chain((4, 8, 1), made(layers.Conv2D, 2, (2, 3), dilation_rate=(2, 3)))),
    ("Conv2D: dilated, same", chain(IMAGE, made(layers.Conv2D, 2, 3, padding="same", dilation_rate=2))),
    ("Conv2D: groups", chain((3, 4, 4), made(layers.Conv2D, 6, 3, strides=2, padding="same", groups=2))),
    ("Conv2D: groups, dilated", chain((3, 4, 4), made(layers.Conv2D, 4, 2, groups=2, dilation_rate=2))),
    ("Conv2D: a group a channel", chain((3, 3, 3), made(layers.Conv2D, 6, 2, groups=3))),
    ("Conv2DTranspose", chain((3, 4, 2), made(layers.Conv2DTranspose, 3, 3, strides=2, activation="relu"))),
    ("Conv2DTranspose: same", chain((3, 4, 2), made(layers.Conv2DTranspose, 2, 3, strides=2, padding="same"))),
    ("DepthwiseConv1D", chain(SEQUENCE, made(layers.DepthwiseConv1D, 3, strides=2, depth_multiplier=2))),
    ("DepthwiseConv2D", chain(IMAGE, made(layers.DepthwiseConv2D, 3, activation="relu6"))),
    ("DepthwiseConv2D: strides", chain(IMAGE, made(layers.DepthwiseConv2D, 3, strides=2, padding="same"))),
    ("DepthwiseConv2D: multiplier", chain(IMAGE, made(layers.DepthwiseConv2D, 2, depth_multiplier=3))),
    ("DepthwiseConv2D: dilated", chain(IMAGE, made(layers.DepthwiseConv2D, 2, dilation_rate=2))),
    ("DepthwiseConv2D: dilated, same", chain(IMAGE, made(layers.DepthwiseConv2D, 3, padding="same", dilation_rate=2))),
    ("SeparableConv1D", chain(SEQUENCE, made(layers.SeparableConv1D, 3, 3, depth_multiplier=2))),
    ("SeparableConv2D", chain(IMAGE, made(layers.SeparableConv2D, 3, 3, depth_multiplier=2, activation="elu"))),
    ("SeparableConv2D: strides", chain(IMAGE, made(layers.SeparableConv2D, 3, 3, strides=2, padding="same"))),
    ("SeparableConv2D: dilated", chain(IMAGE, made(layers.SeparableConv2D, 2, 2, dilation_rate=2, use_bias=False))),
]
