"""Saves the base of both sides: keras_base.py FILE FOLDER, a MobileNetV2 with random weights that sees differences.

Its normalization takes the statistics of some photos: with those of a fresh model the signal is lost on its way.
"""

import json
import sys
from pathlib import Path

import keras

file, folder = sys.argv[1:]
keras.utils.set_random_seed(7)
base = keras.applications.MobileNetV2(weights=None, include_top=False, input_shape=(224, 224, 3))
for layer in base.layers:
    if isinstance(layer, keras.layers.BatchNormalization):
        layer.momentum = 0.0
photos = keras.utils.image_dataset_from_directory(
    Path(folder) / "train", image_size=(224, 224), batch_size=64, seed=1, verbose=False
)
for images, _ in photos.take(1):
    base(images / 127.5 - 1, training=True)
Path(file).parent.mkdir(parents=True, exist_ok=True)
base.save(file)
print(json.dumps(file))
