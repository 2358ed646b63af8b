"""The cases of the layer matrix. A new layer is one line in its group; a group here is a table of keras-format."""

from . import activation, convolution, core, merge, normalization, pooling, preprocessing

GROUPS = {
    "core": core.CASES,
    "convolution": convolution.CASES,
    "normalization": normalization.CASES,
    "pooling": pooling.CASES,
    "activation": activation.CASES,
    "merge": merge.CASES,
    "preprocessing": preprocessing.CASES,
}

# These draw random numbers in training: their gradients are compared in inference mode.
RANDOM = {"Dropout"}
