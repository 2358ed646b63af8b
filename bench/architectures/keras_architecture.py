"""Saves an architecture of Keras with random weights: keras_architecture.py NAME DIR.

Writes model.h5, model.keras, and x.f32, features.f32, probabilities.f32: an image, and what the last layer but one and the
last make of it. Prints what was written as JSON.
"""

import json
import sys
from pathlib import Path

import keras
import numpy as np
import tensorflow as tf

SEED = 7

name, folder = sys.argv[1], Path(sys.argv[2])
keras.utils.set_random_seed(SEED)
random = np.random.RandomState(SEED)
model = getattr(keras.applications, name)(weights=None)


def statistics(layer):
    """Values at which BatchNormalization does something, and signals neither die nor explode."""
    shape = layer.moving_mean.shape
    values = {"gamma": random.uniform(0.8, 1.4, shape), "beta": random.uniform(-0.2, 0.4, shape)}
    values["moving_mean"] = random.uniform(-0.1, 0.1, shape)
    values["moving_variance"] = random.uniform(0.3, 0.9, shape)
    layer.set_weights([values[weight.name] for weight in layer.weights])


for layer in model.layers:
    if isinstance(layer, keras.layers.BatchNormalization):
        statistics(layer)

_, height, width, channels = model.input_shape
# Models that rescale by themselves want grey levels; in [0, 1] all their pixels would be nearly the same.
rescales = any(isinstance(layer, keras.layers.Rescaling) for layer in model.layers)
x = random.uniform(0, 255 if rescales else 1, (1, height, width, channels)).astype("float32")
both = keras.Model(model.inputs, [model.layers[-2].output, model.outputs[0]])

# Logits of a size that a trained network has: random ones may be so large that all probability falls on one class.
head = [layer for layer in model.layers if layer.weights][-1]
features = both.predict(x, verbose=0)[0].reshape(1, -1)
weights = head.get_weights()
logits = features @ weights[0] + weights[1] if isinstance(head, keras.layers.Dense) else features
head.set_weights([weight / logits.std() for weight in weights])
features, probabilities = both.predict(x, verbose=0)
for file, values in {"x": x, "features": features, "probabilities": probabilities}.items():
    values.astype("<f4").tofile(folder / f"{file}.f32")
model.save(folder / "model.h5")
model.save(folder / "model.keras")
print(
    json.dumps(
        {
            "parameters": model.count_params(),
            "inputShape": list(x.shape),
            "featureLayer": model.layers[-2].name,
            "versions": {"keras": keras.__version__, "tensorflow": tf.__version__},
        }
    )
)
