"""How far Keras in float32 is from itself in float64: keras_float64.py NAME DIR, after keras_architecture.py.

Where signals explode with depth, so do differences, in Keras as here. So BatchNormalization first gets statistics by which
signals keep their size. Writes exact.h5, images.f32, and exact.f64, what the last layer but one makes of the images in
float64. Prints as JSON, for each way to run the model, the largest error of each image relative to its largest value.
"""

import json
import sys
from pathlib import Path

import keras
import numpy as np

SEED = 11
COUNT = 16

name, folder = sys.argv[1], Path(sys.argv[2])
random = np.random.RandomState(SEED)
model = keras.models.load_model(folder / "model.h5")
rescales = any(isinstance(layer, keras.layers.Rescaling) for layer in model.layers)
images = random.uniform(0, 255 if rescales else 1, (COUNT, *model.input_shape[1:])).astype("<f4")
batches = np.split(images, COUNT)


def calibrate(layer):
    """Arranges that the layer takes its statistics from the size of its input when it is called next."""

    def call(inputs, *args, **options):
        size = np.sqrt(np.mean(np.square(inputs), tuple(range(len(inputs.shape) - 1))))
        layer.moving_mean.assign(random.uniform(-0.2, 0.2, size.shape) * size)
        layer.moving_variance.assign(random.uniform(0.5, 1.5, size.shape) * size**2)
        del layer.call
        return layer.call(inputs, *args, **options)

    layer.call = call


def features(whole):
    return keras.Model(whole.inputs, whole.layers[-2].output)


for layer in model.layers:
    if isinstance(layer, keras.layers.BatchNormalization):
        calibrate(layer)
model(batches[0])
model.save(folder / "exact.h5")
single = features(model)
found = {
    "call": [np.asarray(single(batch)) for batch in batches],
    "predict": [single.predict(batch, verbose=0) for batch in batches],
}
keras.config.set_floatx("float64")
keras.config.set_dtype_policy("float64")
double = getattr(keras.applications, name)(weights=None)
double.set_weights([weight.astype("float64") for weight in model.get_weights()])
exact = [np.asarray(features(double)(batch.astype("float64"))) for batch in batches]
images.tofile(folder / "images.f32")
np.concatenate(exact).astype("<f8").tofile(folder / "exact.f64")
errors = {
    way: [float(np.abs(y - z).max() / np.abs(z).max()) for y, z in zip(outputs, exact)]
    for way, outputs in found.items()
}
print(json.dumps({"count": COUNT, "errors": errors}))
