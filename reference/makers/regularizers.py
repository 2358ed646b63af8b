"""OrthogonalRegularizer: penalties and gradients of matrices, and a small network that trains with it.

The matrices and weights follow from `formula.py`.
"""

import keras
import numpy as np
import tensorflow as tf

from .formula import fill, values
from .numbers import flat, inputs, write_json

SEED = 11
STEPS = 5
MATRICES = [(4, 3), (3, 4), (2, 6)]


def make(folder):
    cases = [penalty(shape, mode) for shape in MATRICES for mode in ("rows", "columns")]
    write_json(folder / "orthogonal.json", {"cases": cases, "training": training(folder)})


def penalty(shape, mode):
    factor = 0.3
    matrix = tf.Variable(values(f"{shape[0]}x{shape[1]}", shape, -1.0, 1.0))
    with tf.GradientTape() as tape:
        value = keras.regularizers.OrthogonalRegularizer(factor, mode)(matrix)
    gradient = tape.gradient(value, matrix)
    return {"shape": shape, "config": {"factor": factor, "mode": mode}, "value": float(value), "gradient": flat(gradient)}


def training(folder):
    random = np.random.RandomState(SEED)
    regularizer = keras.regularizers.OrthogonalRegularizer
    model = keras.Sequential(
        [
            keras.Input((4,)),
            keras.layers.Dense(3, "tanh", kernel_regularizer=regularizer(0.5, "columns"), name="first"),
            keras.layers.Dense(2, kernel_regularizer=regularizer(0.2), name="last"),
        ]
    )
    fill(model)
    model.compile(keras.optimizers.SGD(0.1), "mean_squared_error")
    x, y = inputs(random, 6, 4), inputs(random, 6, 2)
    model.save(folder / "initial.keras")
    losses = [float(model.train_on_batch(x, y)) for _ in range(STEPS)]
    weights = {weight.path: flat(weight.numpy()) for weight in model.weights}
    return {"x": flat(x), "y": flat(y), "losses": losses, "weights": weights}
