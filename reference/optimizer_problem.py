"""A few variables that are trained along given gradients, and how an optimizer of Keras trains them.

Weights and gradients follow from formulas of integers, which whoever compares evaluates as well.
"""

import keras
import numpy as np
from keras import optimizers

STEPS = 25
CHECKED = (1, 2, 5, 25)

# Matrices of both orientations, a vector, a filter, a scalar; the scale of their gradients.
VARIABLES = {
    "first/kernel": ((4, 3), 1.0),
    "first/bias": ((3,), 10.0),
    "filter/kernel": ((2, 2, 3, 2), 0.1),
    "last/kernel": ((3, 5), 1.0),
    "gain": ((), 1.0),
}


def places(shape):
    """The row-major index of every value."""
    return np.arange(int(np.prod(shape)), dtype="int64").reshape(shape)


def weights_at_first():
    return [
        (((places(shape) * 37 + v * 11) % 101) - 50) / 50
        for v, (shape, _) in enumerate(VARIABLES.values())
    ]


def gradients(step):
    """Of every step, counted from 0. Every seventh value of a variable never has one."""
    return [
        np.where(
            places(shape) % 7 == 3,
            0.0,
            ((places(shape) * 29 + step * 53 + v * 17) % 199 - 99) / 100 * scale,
        )
        for v, (shape, scale) in enumerate(VARIABLES.values())
    ]


def numbers(arrays):
    """All values of all variables, nine digits of each."""
    return [float(f"{value:.9g}") for array in arrays for value in np.ravel(array)]


def run(class_name, config):
    optimizer = getattr(optimizers, class_name)(**config)
    # Keras would round what is a Python number to float32 first.
    for name, value in vars(optimizer).copy().items():
        if type(value) is float:
            setattr(optimizer, name, np.float64(value))
    variables = [
        keras.Variable(value, name=name.replace("/", "_"), dtype="float64")
        for name, value in zip(VARIABLES, weights_at_first(), strict=True)
    ]
    weights = {}
    for step in range(STEPS):
        optimizer.apply([keras.ops.convert_to_tensor(g) for g in gradients(step)], variables)
        if step + 1 in CHECKED:
            weights[str(step + 1)] = numbers(v.numpy() for v in variables)
    case = {"class_name": class_name, "config": config, "weights": weights}
    if config.get("use_ema"):
        optimizer.finalize_variable_values(variables)
        case["evaluation"] = numbers(v.numpy() for v in variables)
    return case
