"""Keras: keras_side.py FILE predict|function, predicting when it is told to."""

import json
import sys
import time

import keras
import numpy as np
import tensorflow as tf

file, way = sys.argv[1:]
model = keras.models.load_model(file, compile=False)
function = tf.function(lambda images: model(images, training=False))


def predict(images):
    if way == "function":
        return function(images).numpy()
    return model.predict(images, batch_size=len(images), verbose=0)


print(json.dumps({"versions": {"keras": keras.__version__, "tensorflow": tf.__version__}}), flush=True)
for line in sys.stdin:
    size, count = map(int, line.split())
    images = np.full((size, 224, 224, 3), 0.5, "float32")
    started = time.perf_counter()
    for _ in range(count):
        values = predict(images)
    seconds = (time.perf_counter() - started) / count
    print(json.dumps({"seconds": seconds, "largest": float(values.max())}), flush=True)
