"""Values of Keras's learning-rate schedules at a dozen steps."""

import keras

from .numbers import shortest, write_json

SEED = None
STEPS = [0, 1, 2, 5, 9, 10, 11, 25, 50, 99, 100, 101, 250]

CASES = [
    ("ExponentialDecay", {"initial_learning_rate": 0.1, "decay_steps": 10, "decay_rate": 0.9}),
    (
        "ExponentialDecay",
        {"initial_learning_rate": 0.1, "decay_steps": 10, "decay_rate": 0.9, "staircase": True},
    ),
    ("PiecewiseConstantDecay", {"boundaries": [10, 50, 100], "values": [0.1, 0.05, 0.01, 0.001]}),
    ("InverseTimeDecay", {"initial_learning_rate": 0.1, "decay_steps": 10, "decay_rate": 0.5}),
    (
        "InverseTimeDecay",
        {"initial_learning_rate": 0.1, "decay_steps": 10, "decay_rate": 0.5, "staircase": True},
    ),
    (
        "PolynomialDecay",
        {"initial_learning_rate": 0.1, "decay_steps": 100, "end_learning_rate": 0.001, "power": 1.0},
    ),
    (
        "PolynomialDecay",
        {
            "initial_learning_rate": 0.1,
            "decay_steps": 100,
            "end_learning_rate": 0.001,
            "power": 2.0,
            "cycle": True,
        },
    ),
    (
        "CosineDecayRestarts",
        {"initial_learning_rate": 0.1, "first_decay_steps": 20, "t_mul": 2.0, "m_mul": 0.5, "alpha": 0.1},
    ),
    (
        "CosineDecayRestarts",
        {"initial_learning_rate": 0.1, "first_decay_steps": 15, "t_mul": 1.0, "m_mul": 0.9, "alpha": 0.0},
    ),
    ("CosineDecay", {"initial_learning_rate": 0.1, "decay_steps": 100, "alpha": 0.1}),
    (
        "CosineDecay",
        {
            "initial_learning_rate": 0.0,
            "decay_steps": 100,
            "alpha": 0.0,
            "warmup_target": 0.1,
            "warmup_steps": 10,
        },
    ),
]


def make(folder):
    cases = []
    for class_name, config in CASES:
        schedule = getattr(keras.optimizers.schedules, class_name)(**config)
        values = [shortest(schedule(step)) for step in STEPS]
        cases.append({"class_name": class_name, "config": config, "steps": STEPS, "values": values})
    # One file and no folder: `schedules.json` beside the others' folders.
    write_json(folder.with_suffix(".json"), {"cases": cases})
