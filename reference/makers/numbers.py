"""Numbers as JSON: seeded inputs that both sides read alike, and results in their shortest exact form."""

import json
from pathlib import Path

import numpy as np


def inputs(random, *shape, scale=1.0):
    """Normal values of three decimals: short in JSON, and the same float32 wherever they are parsed."""
    return np.round(random.normal(size=shape) * scale, 3).astype("float32")


def flat(array):
    """Row-major values; each float32 with the fewest digits that give it back exactly."""
    values = np.asarray(array).ravel()
    if values.dtype.kind in "iu":
        return [int(value) for value in values]
    return [shortest(value) for value in values]


def shortest(value):
    return float(str(np.float32(value)))


def write_json(path: Path, value):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value, separators=(",", ":")) + "\n")
