"""Twenty-five updates of a few variables by the optimizers of Keras, in float64, along given gradients.

The variables are those of `../optimizer_problem.py`. ScheduleFreeAdamW is not here: on TensorFlow Keras takes a variable's
new value for its old one (see `../optimizers`).
"""

import keras
from optimizer_problem import STEPS, VARIABLES, run

from .numbers import write_json

SEED = None

CASES = {
    "sgd": ("SGD", {"learning_rate": 0.05}),
    "momentum": ("SGD", {"learning_rate": 0.05, "momentum": 0.9}),
    "nesterov": ("SGD", {"learning_rate": 0.05, "momentum": 0.9, "nesterov": True}),
    "rmsprop": ("RMSprop", {"learning_rate": 0.01}),
    "rmsprop-momentum": ("RMSprop", {"learning_rate": 0.01, "momentum": 0.7}),
    "rmsprop-centered": ("RMSprop", {"learning_rate": 0.01, "centered": True}),
    "rmsprop-centered-momentum": (
        "RMSprop",
        {"learning_rate": 0.01, "rho": 0.8, "momentum": 0.5, "centered": True},
    ),
    "adagrad": ("Adagrad", {"learning_rate": 0.1}),
    "adagrad-settings": (
        "Adagrad",
        {"learning_rate": 0.1, "initial_accumulator_value": 0.5, "epsilon": 1e-3},
    ),
    "adadelta": ("Adadelta", {"learning_rate": 1.0}),
    "adadelta-settings": ("Adadelta", {"learning_rate": 0.5, "rho": 0.8, "epsilon": 1e-3}),
    "adam": ("Adam", {"learning_rate": 0.01}),
    "adam-settings": (
        "Adam",
        {"learning_rate": 0.01, "beta_1": 0.5, "beta_2": 0.9, "epsilon": 1e-3},
    ),
    "amsgrad": ("Adam", {"learning_rate": 0.01, "beta_2": 0.9, "amsgrad": True}),
    "adamw": ("AdamW", {"learning_rate": 0.01, "weight_decay": 0.1}),
    "adamw-amsgrad": ("AdamW", {"learning_rate": 0.01, "beta_2": 0.9, "amsgrad": True}),
    "adamax": ("Adamax", {"learning_rate": 0.01}),
    "adamax-settings": (
        "Adamax",
        {"learning_rate": 0.01, "beta_1": 0.5, "beta_2": 0.8, "epsilon": 1e-3},
    ),
    "nadam": ("Nadam", {"learning_rate": 0.01}),
    "nadam-settings": (
        "Nadam",
        {"learning_rate": 0.01, "beta_1": 0.8, "beta_2": 0.9, "epsilon": 1e-3},
    ),
    "lion": ("Lion", {"learning_rate": 0.01}),
    "lion-settings": ("Lion", {"learning_rate": 0.01, "beta_1": 0.7, "beta_2": 0.8}),
    "ftrl": ("Ftrl", {"learning_rate": 0.1}),
    "ftrl-settings": (
        "Ftrl",
        {
            "learning_rate": 0.1,
            "learning_rate_power": -0.7,
            "initial_accumulator_value": 0.3,
            "l1_regularization_strength": 0.05,
            "l2_regularization_strength": 0.02,
            "l2_shrinkage_regularization_strength": 0.01,
            "beta": 0.5,
        },
    ),
    "lamb": ("Lamb", {"learning_rate": 0.01}),
    "lamb-settings": (
        "Lamb",
        {
            "learning_rate": 0.01,
            "beta_1": 0.5,
            "beta_2": 0.9,
            "epsilon": 1e-3,
            "weight_decay": 0.1,
        },
    ),
    "adafactor": ("Adafactor", {"learning_rate": 0.05}),
    "adafactor-settings": (
        "Adafactor",
        {
            "learning_rate": 0.5,
            "beta_2_decay": -0.6,
            "epsilon_1": 1e-4,
            "epsilon_2": 0.5,
            "clip_threshold": 0.7,
        },
    ),
    "muon": ("Muon", {"learning_rate": 0.01}),
    "muon-settings": (
        "Muon",
        {
            "learning_rate": 0.01,
            "weight_decay": 0.1,
            "adam_weight_decay": 0.2,
            "adam_lr_ratio": 0.5,
            "momentum": 0.8,
            "nesterov": False,
            "ns_steps": 4,
            "rms_rate": None,
            "exclude_layers": ["last"],
        },
    ),
    "decay": ("SGD", {"learning_rate": 0.05, "momentum": 0.9, "weight_decay": 0.2}),
    "clipnorm": ("SGD", {"learning_rate": 0.05, "clipnorm": 1.5}),
    "clipvalue": ("Adam", {"learning_rate": 0.01, "clipvalue": 0.3}),
    "global-clipnorm": ("SGD", {"learning_rate": 0.05, "momentum": 0.9, "global_clipnorm": 2.0}),
    "ema": ("Adam", {"learning_rate": 0.01, "use_ema": True, "ema_momentum": 0.8}),
    "ema-overwriting": (
        "SGD",
        {
            "learning_rate": 0.05,
            "use_ema": True,
            "ema_momentum": 0.7,
            "ema_overwrite_frequency": 3,
        },
    ),
    "accumulation": ("Adam", {"learning_rate": 0.01, "gradient_accumulation_steps": 3}),
    "all-options": (
        "Nadam",
        {
            "learning_rate": 0.01,
            "gradient_accumulation_steps": 2,
            "global_clipnorm": 1.0,
            "weight_decay": 0.1,
            "use_ema": True,
            "ema_momentum": 0.8,
            "ema_overwrite_frequency": 5,
        },
    ),
}


def make(folder):
    before = keras.config.floatx()
    keras.config.set_floatx("float64")
    try:
        cases = [{"name": name, **run(*case)} for name, case in CASES.items()]
    finally:
        keras.config.set_floatx(before)
    variables = [
        {"name": name, "shape": shape, "scale": scale}
        for name, (shape, scale) in VARIABLES.items()
    ]
    write_json(folder / "keras.json", {"steps": STEPS, "variables": variables, "cases": cases})
