"""What Keras's EarlyStopping and ReduceLROnPlateau do when a value takes a given course."""

import keras
import numpy

from .numbers import write_json

SEED = 7

COURSES = {
    "falling, then flat": [1.0, 0.8, 0.6, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5],
    "noisy": [1.0, 0.7, 0.75, 0.69, 0.8, 0.71, 0.72, 0.68, 0.9, 0.95],
    "rising": [0.5, 0.6, 0.7, 0.8, 0.9, 1.0, 1.1, 1.2, 1.3, 1.4],
    "slowly falling": [1.0, 0.99, 0.98, 0.97, 0.96, 0.95, 0.94, 0.93, 0.92, 0.91],
    "not a number in between": [1.0, float("nan"), 0.5, float("nan"), 0.6, 0.7, 0.8, 0.4, 0.3, 0.2],
}

STOPPING = [
    {"patience": 0},
    {"patience": 2},
    {"patience": 3, "min_delta": 0.05},
    {"patience": 2, "baseline": 0.7},
    {"patience": 1, "start_from_epoch": 4},
    {"patience": 2, "mode": "max"},
]

PLATEAU = [
    {"factor": 0.1, "patience": 2},
    {"factor": 0.5, "patience": 1, "min_delta": 0.05},
    {"factor": 0.5, "patience": 1, "cooldown": 2},
    {"factor": 0.5, "patience": 1, "min_lr": 0.02},
    {"factor": 0.5, "patience": 2, "mode": "max"},
]


class Scripted(keras.callbacks.Callback):
    """Puts the value of a course into the logs, before the callback under test sees them, and marks the weight."""

    def __init__(self, course):
        super().__init__()
        self.course = course

    def on_epoch_end(self, epoch, logs=None):
        self.model.set_weights([numpy.full((1, 1), epoch, "float32")])
        logs["value"] = self.course[epoch]


class Rates(keras.callbacks.Callback):
    def __init__(self):
        super().__init__()
        self.rates = []

    def on_epoch_end(self, epoch, logs=None):
        self.rates.append(float(self.model.optimizer.learning_rate))


def run(course, callback):
    """The epochs that were trained, the epoch that the weight at the end is of, and the rate after each epoch."""
    model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1, use_bias=False)])
    model.compile(keras.optimizers.SGD(0.1), "mse")
    one = numpy.ones((1, 1), "float32")
    rates = Rates()
    history = model.fit(
        *(one, one), epochs=len(course), verbose=0, callbacks=[Scripted(course), callback, rates]
    )
    return {
        "epochs": len(history.epoch),
        "weights_of": int(model.get_weights()[0].item()),
        "rates": [round(rate, 8) for rate in rates.rates],
    }


def described(course):
    return [None if value != value else value for value in course]


def make(folder):
    keras.utils.set_random_seed(SEED)
    cases = []
    for name, course in COURSES.items():
        for options in STOPPING:
            given = {"monitor": "value", "mode": "min", "restore_best_weights": True} | options
            result = run(course, keras.callbacks.EarlyStopping(**given))
            cases.append({"callback": "EarlyStopping", "course": name, "options": given} | result)
        for options in PLATEAU:
            given = {"monitor": "value", "mode": "min"} | options
            result = run(course, keras.callbacks.ReduceLROnPlateau(**given))
            cases.append({"callback": "ReduceLROnPlateau", "course": name, "options": given} | result)
    courses = {name: described(course) for name, course in COURSES.items()}
    write_json(folder / "cases.json", {"courses": courses, "cases": cases})
