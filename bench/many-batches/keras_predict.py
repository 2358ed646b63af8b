"""Keras's side: keras_predict.py FILE BATCH_SIZE, seconds a batch of each call of predict."""

import json
import sys
import time

import keras
import numpy as np
import tensorflow as tf

BATCHES = 128

file, size = sys.argv[1], int(sys.argv[2])
model = keras.models.load_model(file)
images = np.random.RandomState(0).uniform(size=(size * BATCHES, 224, 224, 3)).astype("float32")
seconds = []
for _ in range(2):
    started = time.perf_counter()
    model.predict(images, batch_size=size, verbose=0)
    seconds.append((time.perf_counter() - started) / BATCHES)
versions = {"keras": keras.__version__, "tensorflow": tf.__version__}
print(json.dumps({"seconds": seconds[1:], "versions": versions}))
