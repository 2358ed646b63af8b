"""Twenty steps of training with a file after the tenth: whoever goes on from it must see the same losses."""

import keras
import numpy as np
from keras import layers

from . import h5_models
from .numbers import flat, inputs, write_json

SEED = 11
STEPS = 20
SAVED = 10

OPTIMIZERS = {
    "sgd": lambda: keras.optimizers.SGD(0.02, momentum=0.9),
    "nesterov": lambda: keras.optimizers.SGD(0.02, momentum=0.9, nesterov=True),
    "rmsprop": lambda: keras.optimizers.RMSprop(0.01),
    "rmsprop-centered": lambda: keras.optimizers.RMSprop(0.005, momentum=0.5, centered=True),
    "adam": lambda: keras.optimizers.Adam(0.01),
    "scheduled": lambda: keras.optimizers.Adam(
        keras.optimizers.schedules.CosineDecay(0.0, 12, alpha=0.1, warmup_target=0.02, warmup_steps=5)
    ),
    # Three groups of slots.
    "amsgrad": lambda: keras.optimizers.Adam(0.01, amsgrad=True),
    # A scalar after the slots.
    "nadam": lambda: keras.optimizers.Nadam(0.01),
    # Slots of other shapes than the weight's.
    "adafactor": lambda: keras.optimizers.Adafactor(0.01),
    # Other slots for matrices than for vectors.
    "muon": lambda: keras.optimizers.Muon(0.01, exclude_layers=["first"]),
    # Slots of the options, in the middle of an accumulation.
    "options": lambda: keras.optimizers.Adam(
        0.02, use_ema=True, ema_momentum=0.8, ema_overwrite_frequency=2, gradient_accumulation_steps=4
    ),
}
# Slots in the manner of those above: only the losses.
ALIKE = {
    "adagrad": lambda: keras.optimizers.Adagrad(0.1),
    "adadelta": lambda: keras.optimizers.Adadelta(0.5),
    "adamw": lambda: keras.optimizers.AdamW(0.01, weight_decay=0.1, clipnorm=0.5),
    "adamax": lambda: keras.optimizers.Adamax(0.01),
    "lion": lambda: keras.optimizers.Lion(0.005),
    "lamb": lambda: keras.optimizers.Lamb(0.01),
    "ftrl": lambda: keras.optimizers.Ftrl(0.1, l2_regularization_strength=0.01),
}
# Those that are also saved as .h5, and as weights.
OTHER_FORMATS = ("sgd", "rmsprop", "adam", "scheduled")


def network():
    """A frozen layer, and a model within the model: not every weight has slots, and paths are longer than two."""
    at = keras.Input((6,), name="at")
    x = layers.Dense(6, activation="tanh", name="a")(at)
    inner = keras.Model(at, layers.Dense(5, name="b")(x), name="inner")
    start = keras.Input((4,), name="start")
    x = layers.Dense(6, activation="tanh", name="first")(start)
    x = layers.Dense(6, name="frozen", trainable=False)(x)
    return keras.Model(start, layers.Dense(1, name="head")(inner(x)), name="network")


def make(folder):
    random = np.random.RandomState(SEED)
    x, y = inputs(random, 16, 4), inputs(random, 16, 1)
    initial = network()
    h5_models.initialise(initial, random)
    initial.save(folder / "initial.keras")
    cases = {}
    for name, optimizer in (OPTIMIZERS | ALIKE).items():
        model = network()
        model.set_weights(initial.get_weights())
        model.compile(optimizer(), "mean_squared_error")
        losses = []
        for step in range(STEPS):
            if step == SAVED and name in OPTIMIZERS:
                # In this order: Keras forgets the optimizer of a model that it has saved as .h5.
                model.save(folder / f"{name}.keras")
                if name in OTHER_FORMATS:
                    model.save_weights(folder / f"{name}.weights.h5")
                    model.save(folder / f"{name}.h5")
            losses.append(np.float32(model.train_on_batch(x, y)))
        cases[name] = flat(losses)
    write_json(
        folder / "cases.json",
        {"saved": SAVED, "x": flat(x), "y": flat(y), "losses": cases},
    )
