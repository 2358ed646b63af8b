"""Losses and metrics of a model whose output has a mask, over some steps of SGD, and in an evaluation."""

import keras
import numpy as np
from keras import layers

from .numbers import flat, inputs, write_json

SEED = 29
BATCH = 3

# Loss, units, activation, metrics.
CASES = [
    ("sparse_categorical_crossentropy", 3, "softmax", ["accuracy"]),
    ("categorical_crossentropy", 3, "softmax", ["accuracy"]),
    ("binary_crossentropy", 1, "sigmoid", ["accuracy", "precision", "auc"]),
    ("mean_squared_error", 2, "tanh", []),
]


def make(folder):
    random = np.random.RandomState(SEED)
    x = inputs(random, 8, 4, 3)
    # Steps at the ends, in between, and all of an example.
    for example, step in [(0, 3), (1, 2), (1, 3), (3, 0), (4, 1), (6, 3), (7, 0), (7, 1), (7, 2), (7, 3)]:
        x[example, step] = 0
    cases = [made(random, x, *case) for case in CASES]
    write_json(folder / "cases.json", {"shape": x.shape, "x": flat(x), "batchSize": BATCH, "cases": cases})


def made(random, x, loss, units, activation, metrics):
    keras.utils.clear_session()
    start = keras.Input(x.shape[1:])
    dense = layers.Dense(units, activation=activation)
    model = keras.Model(start, dense(layers.Masking()(start)))
    kernel = inputs(random, x.shape[2], units, scale=0.5)
    model.set_weights([kernel, np.zeros(units, "float32")])
    model.compile(keras.optimizers.SGD(0.5), loss, metrics=metrics)
    y = targets(random, x.shape[:2], loss, units)
    steps = []
    for first in range(0, len(x), BATCH):
        model.reset_metrics()
        batch = slice(first, first + BATCH)
        steps.append(model.train_on_batch(x[batch], y[batch], return_dict=True))
    return {
        "loss": loss,
        "units": units,
        "activation": activation,
        "kernel": flat(kernel),
        "y": {"shape": y.shape, "values": flat(y)},
        "steps": [numbers(logs) for logs in steps],
        "weights": [flat(weight) for weight in model.get_weights()],
        "evaluation": numbers(model.evaluate(x, y, batch_size=BATCH, return_dict=True, verbose=0)),
    }


def targets(random, shape, loss, units):
    if loss == "sparse_categorical_crossentropy":
        return random.randint(units, size=shape).astype("int32")
    if loss == "categorical_crossentropy":
        return np.eye(units, dtype="float32")[random.randint(units, size=shape)]
    if loss == "binary_crossentropy":
        return random.randint(2, size=(*shape, 1)).astype("float32")
    return inputs(random, *shape, units)


def numbers(logs):
    return {name: float(str(np.float32(value))) for name, value in logs.items()}
