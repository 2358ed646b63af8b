"""Weights and inputs by a formula of their names and places, so that no fixture has to hold them.

Value number `i` of the array called `name` is `low + (high - low) * u`, rounded to float32: `u` are the upper 24 bits of a hash
of `i` and of the name's FNV-1a hash, as a fraction. What tests compute by the same formula is the same to the bit.
"""

import math

import numpy as np

# Names that Keras gives to weights of a layer, where @graftjs/layers calls them otherwise.
NAMES = {("DepthwiseConv2D", "kernel"): "depthwise_kernel"}

# Without these, normalizations would do nothing, or the signal would fade or explode on its way.
RANGES = {
    "gamma": (0.6, 1.0),
    "beta": (-0.2, 0.2),
    "moving_mean": (-0.1, 0.1),
    "moving_variance": (0.5, 1.5),
    "bias": (-0.1, 0.1),
}


def name_of(layer, weight):
    """`layer/weight`, the weight as @graftjs/layers calls it."""
    return f"{layer.name}/{NAMES.get((type(layer).__name__, weight.name), weight.name)}"


def fill(model, head_scale=1.0):
    """Gives every weight of a model its value; those of its head are multiplied with `head_scale`."""
    head = head_of(model)
    for layer in model.layers:
        for weight in layer.weights:
            name = name_of(layer, weight)
            low, high = limits(name.split("/")[-1], weight.shape)
            factor = head_scale if layer is head else 1.0
            weight.assign(values(name, weight.shape, low * factor, high * factor))


def head_of(model):
    """The last layer that has weights: the classifier, where there is one."""
    return [layer for layer in model.layers if layer.weights][-1]


def limits(weight, shape):
    """Kernels as HeUniform has them."""
    if weight in RANGES:
        return RANGES[weight]
    inputs_of_one = math.prod(shape[:2] if weight == "depthwise_kernel" else shape[:-1])
    limit = math.sqrt(6 / inputs_of_one)
    return -limit, limit


def values(name, shape, low, high):
    return (low + (high - low) * uniform(name, math.prod(shape))).astype("float32").reshape(shape)


def uniform(name, count):
    """In [0, 1), float64."""
    h = np.arange(count, dtype="uint32") * np.uint32(0x9E3779B1) + np.uint32(fnv1a(name))
    for shift, factor in ((16, 0x21F0AAAD), (15, 0x735A2D97)):
        h ^= h >> np.uint32(shift)
        h *= np.uint32(factor)
    h ^= h >> np.uint32(15)
    return (h >> np.uint32(8)) / 2**24


def fnv1a(text):
    h = 0x811C9DC5
    for byte in text.encode():
        h = (h ^ byte) * 0x01000193 % 2**32
    return h
