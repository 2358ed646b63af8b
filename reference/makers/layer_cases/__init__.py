"""The cases of the layer matrix. A new layer is one line in its group; a group here is a table of keras-format."""

from . import (
    activation,
    application,
    attention,
    augmentation,
    cell,
    convolution,
    convolution_3d,
    core,
    merge,
    normalization,
    pooling,
    preprocessing,
    recurrent,
    regularization,
    reshaping,
    sequence,
    wrapper,
)

GROUPS = {
    "core": core.CASES,
    "convolution": convolution.CASES,
    "convolution-3d": convolution_3d.CASES,
    "normalization": normalization.CASES,
    "pooling": pooling.CASES,
    "reshaping": reshaping.CASES,
    "activation": activation.CASES,
    "merge": merge.CASES,
    "preprocessing": preprocessing.CASES,
    "augmentation": augmentation.CASES,
    "regularization": regularization.CASES,
    "application": application.CASES,
    "sequence": sequence.CASES,
    "recurrent": recurrent.CASES,
    "cell": cell.CASES,
    "wrapper": wrapper.CASES,
    "attention": attention.CASES,
}

# These draw random numbers in training: their gradients are compared in inference mode.
RANDOM = (
    {"Dropout", "StochasticDepth"}
    | {name for name, _ in regularization.CASES + augmentation.CASES}
    | attention.RANDOM
    | recurrent.RANDOM
)
