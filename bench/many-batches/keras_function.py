"""Keras as a TensorFlow function: keras_function.py FILE BATCH_SIZE, seconds a batch."""

import json
import sys
import time

import keras
import numpy as np
import tensorflow as tf

BATCHES = 64

file, size = sys.argv[1], int(sys.argv[2])
model = keras.models.load_model(file)
function = tf.function(lambda images: model(images, training=False))
images = np.random.RandomState(0).uniform(size=(size * BATCHES, 224, 224, 3)).astype("float32")


def predict():
    parts = [function(images[i : i + size]).numpy() for i in range(0, len(images), size)]
    return np.concatenate(parts)


predict()
before, started = time.process_time(), time.perf_counter()
predict()
seconds = (time.perf_counter() - started) / BATCHES
cpu_seconds = (time.process_time() - before) / BATCHES
print(json.dumps({"seconds": seconds, "cpuSeconds": cpu_seconds, "versions": {}}))
